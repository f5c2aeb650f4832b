import { describe, expect, it } from 'vitest';
import { deviceApiAuthLevel, eventsAuthLevel } from '../../../src/http/authentication.ts';

const deviceApi = {
  issuer: 'https://id.test/',
  audience: 'relay',
  jwksUrl: 'https://id.test/keys',
  userClaim: 'sub',
};

describe('deviceApiAuthLevel', () => {
  it('returns anonymous only when all settings of the tokens are given', () => {
    expect(deviceApiAuthLevel(deviceApi)).toBe('anonymous');
    expect(deviceApiAuthLevel(undefined)).toBe('function');
    for (const name of ['issuer', 'audience', 'jwksUrl', 'userClaim']) {
      expect(deviceApiAuthLevel({ ...deviceApi, [name]: '' })).toBe('function');
    }
  });
});

describe('eventsAuthLevel', () => {
  it('returns anonymous only when all settings of the Entra token are given', () => {
    expect(eventsAuthLevel({ tenantId: 't', audience: 'a' })).toBe('anonymous');
    expect(eventsAuthLevel({ tenantId: '', audience: 'a' })).toBe('function');
    expect(eventsAuthLevel({ tenantId: 't', audience: '' })).toBe('function');
    expect(eventsAuthLevel(undefined)).toBe('function');
  });
});
