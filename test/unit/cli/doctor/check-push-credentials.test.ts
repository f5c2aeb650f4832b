import { expect, it } from 'vitest';
import type { ApnsToken } from '../../../../src/cli/arm/pns-credentials.ts';
import { checkPushCredentials, checkVoipBundle } from '../../../../src/cli/doctor/checks/push-credentials.ts';

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
])('APNs with %j is %s', (apns, kind, why) => {
  const point = { check: 'push-credentials', about: 'voip, APNs' };
  expect(checkPushCredentials(resource, { apns, legacyFcm: false }, ['apns'])).toEqual([
    kind === 'ok'
      ? { kind, ...point, why }
      : { kind, ...point, why, mend: expect.stringContaining('"appName":"<bundle id>"') },
  ]);
});

it('a VoIP hub without a bundle id has none to compare', () => {
  const voip = { resource, credentials: { apns: token({ bundleId: '' }), legacyFcm: false } };
  expect(checkVoipBundle(voip, undefined)).toMatchObject({
    kind: 'could-not-check',
    why: 'The VoIP hub has no APNs credential in token mode, so it has no bundle id.',
  });
});
