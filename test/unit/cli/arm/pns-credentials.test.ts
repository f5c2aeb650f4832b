import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readPnsCredentials } from '../../../../src/cli/arm/pns-credentials.ts';

const read = (properties: Readonly<Record<string, unknown>>) =>
  readPnsCredentials(JSON.stringify({ properties }));
const apns = (properties: Readonly<Record<string, unknown>>) => read({ apnsCredential: { properties } }).apns;

describe('readPnsCredentials', () => {
  it('returns nothing for a hub without credentials', () => {
    expect(read({})).toEqual({ legacyFcm: false });
    expect(read({ apnsCredential: null, fcmV1Credential: null, gcmCredential: null })).toEqual({
      legacyFcm: false,
    });
  });

  it('ignores a credential whose parts are empty', () => {
    expect(
      apns({ appId: '', keyId: null, thumbprint: '', apnsCertificate: '', endpoint: 'https://x' }),
    ).toBeUndefined();
    expect(read({ fcmV1Credential: { properties: { projectId: '' } } })).toEqual({ legacyFcm: false });
  });

  it('distinguishes token mode from certificate mode', () => {
    const token = {
      appId: 'TEAM',
      appName: 'org.example.clinic',
      keyId: 'KEY',
      token: 't',
      endpoint: 'https://x',
    };
    expect(apns(token)).toEqual({
      mode: 'token',
      bundleId: 'org.example.clinic',
      teamId: 'TEAM',
      keyId: 'KEY',
      endpoint: 'https://x',
    });
    expect(apns({ appId: 'TEAM' })).toMatchObject({ mode: 'token', teamId: 'TEAM', keyId: '' });
    expect(apns({ keyId: 'KEY' })).toMatchObject({ mode: 'token', teamId: '', keyId: 'KEY' });
    expect(apns({ thumbprint: '0A', endpoint: 'gateway.push.apple.com' })).toEqual({ mode: 'certificate' });
    expect(apns({ apnsCertificate: 'c' })).toEqual({ mode: 'certificate' });
  });

  it('returns no secrets', () => {
    const text = JSON.stringify(
      read({
        apnsCredential: { properties: { appId: 'TEAM', token: 'S3CRET', certificateKey: 'S3CRET' } },
        fcmV1Credential: {
          properties: { projectId: 'clinic-app', privateKey: 'S3CRET', clientEmail: 'S3CRET' },
        },
        gcmCredential: { properties: { googleApiKey: 'S3CRET' } },
      }),
    );
    expect(text).toContain('clinic-app');
    expect(text).not.toContain('S3CRET');
  });

  it.each(['', '[]', '{}', '{"properties":{"apnsCredential":"x"}}'])('throws at %j', (text) => {
    expect(() => readPnsCredentials(text)).toThrow();
  });
});

// Microsoft's own example. It is not part of the repository; where it stands beside it, it is read.
const sample = join(import.meta.dirname, '../../../../../shared/payloads/hub/arm.pnsCredentials.spec.json');
if (existsSync(sample)) {
  it('reads the example of the REST reference', () => {
    const schema = z.object({ responses: z.object({ 200: z.object({ body: z.unknown() }) }) });
    const { responses } = schema.parse(JSON.parse(readFileSync(sample, 'utf8')));
    expect(readPnsCredentials(JSON.stringify(responses[200].body))).toEqual({ legacyFcm: true });
  });
}
