import { describe, expect, it } from 'vitest';
import { deviceApiAuthLevel, eventsAuthLevel } from '../../../src/http/authentication.ts';

const DEVICE_API = {
  issuer: 'https://id.test/',
  audience: 'relay',
  jwksUrl: 'https://id.test/keys',
  userClaim: 'sub',
};

describe('the auth level', () => {
  it('leaves the device API to tokens only when all of their settings are there', () => {
    expect(deviceApiAuthLevel(DEVICE_API)).toBe('anonymous');
    expect(deviceApiAuthLevel(undefined)).toBe('function');
    for (const name of ['issuer', 'audience', 'jwksUrl', 'userClaim']) {
      expect(deviceApiAuthLevel({ ...DEVICE_API, [name]: '' })).toBe('function');
    }
  });

  it('leaves the webhook to the Entra token only when all of its settings are there', () => {
    expect(eventsAuthLevel({ tenantId: 't', audience: 'a' })).toBe('anonymous');
    expect(eventsAuthLevel({ tenantId: '', audience: 'a' })).toBe('function');
    expect(eventsAuthLevel({ tenantId: 't', audience: '' })).toBe('function');
    expect(eventsAuthLevel(undefined)).toBe('function');
  });
});
