import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { ApnsToken } from '../../../../../src/cli/arm/pns-credentials.ts';
import {
  apnsCommand,
  checkPushCredentials,
  checkVoipBundle,
} from '../../../../../src/cli/doctor/checks/push-credentials.ts';

const hub = {
  id: '/subscriptions/s-1/resourceGroups/clinic/providers/Microsoft.NotificationHubs/namespaces/push/notificationHubs/alert',
  subscriptionId: 's-1',
  resourceGroup: 'clinic',
  namespace: 'push',
  name: 'alert',
};
const folder = mkdtempSync(join(tmpdir(), 'apns-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('changes APNs of the hub and nothing else, with the text of the key file between its first and last line', () => {
  writeFileSync(
    join(folder, 'AuthKey_KEY1234567.p8'),
    '-----BEGIN PRIVATE KEY-----\nabc+/\nde==\n-----END PRIVATE KEY-----\n',
  );
  const wanted = { bundleId: 'org.example.clinic', teamId: 'TEAM123456', keyId: 'KEY1234567' };
  const script = apnsCommand(hub, wanted).replace(/^az /, "printf '%s\\n' ");
  const printed = execFileSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
  const [rest, method, verb, url, address, option, body = '', ...more] = printed.trimEnd().split('\n');
  expect([rest, method, verb, url, address, option, more]).toEqual([
    'rest',
    '--method',
    'patch',
    '--url',
    `${hub.id}?api-version=2023-10-01-preview`,
    '--body',
    [],
  ]);
  expect(JSON.parse(body)).toEqual({
    properties: {
      apnsCredential: {
        properties: {
          appName: 'org.example.clinic',
          appId: 'TEAM123456',
          keyId: 'KEY1234567',
          endpoint: 'https://api.push.apple.com:443/3/device',
          token: 'abc+/de==',
        },
      },
    },
  });
});

const resource = {
  id: '',
  subscriptionId: 's',
  resourceGroup: 'clinic',
  namespace: 'clinic-push',
  name: 'voip',
};
const token = (change: Partial<ApnsToken>): ApnsToken => ({
  mode: 'token',
  bundleId: 'org.example.clinic',
  teamId: 'TEAM123456',
  keyId: 'KEY1234567',
  endpoint: 'https://api.push.apple.com:443/3/device',
  ...change,
});

it.each([
  [token({}), 'ok', 'Token mode, bundle id org.example.clinic, production.'],
  [
    token({ endpoint: 'https://api.development.push.apple.com:443/3/device' }),
    'ok',
    'Token mode, bundle id org.example.clinic, https://api.development.push.apple.com:443/3/device.',
  ],
  [token({ bundleId: '' }), 'wrong', 'APNs has no bundle id.'],
])('judges APNs with %j as %s', (apns, kind, why) => {
  const point = { check: 'push-credentials', about: 'voip, APNs' };
  expect(checkPushCredentials(resource, { apns, legacyFcm: false }, ['apns'])).toEqual([
    kind === 'ok'
      ? { kind, ...point, why }
      : { kind, ...point, why, fix: expect.stringContaining('"appName":"<bundle id>"') },
  ]);
});

it('cannot compare a VoIP hub without a bundle id', () => {
  const voip = { resource, credentials: { apns: token({ bundleId: '' }), legacyFcm: false } };
  expect(checkVoipBundle(voip, undefined)).toMatchObject({
    kind: 'could-not-check',
    why: 'The VoIP hub has no APNs credential in token mode, so it has no bundle id.',
  });
});
