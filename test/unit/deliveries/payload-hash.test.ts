import { describe, expect, it } from 'vitest';
import { payloadHash } from '../../../src/deliveries/call-secrets.ts';

const data = { to: { rawId: '8:acs:r_ada' }, members: ['a', 'b'], version: 7 };

describe('payloadHash', () => {
  it('is the SHA-256 of the data with its keys in order', () => {
    expect(payloadHash({ b: 1, a: { d: null, c: 'x' } })).toBe(
      '91beb0ebef8660ca4191b5b379012c3e6241633ef01775c53aa997a4b522a9d2',
    );
  });

  it('is the SHA-256 of lists as JSON writes them', () => {
    expect(payloadHash({ members: ['a', { b: 1 }, [], [2, 3]] })).toBe(
      '554e24b016de50399337f9bb3e2cf658dbf8001bec6e3531c49ed6139a89f2a4',
    );
  });

  it('does not see the order of keys', () => {
    const turned = { version: 7, members: ['a', 'b'], to: { rawId: '8:acs:r_ada' } };
    expect(payloadHash(turned)).toBe(payloadHash(data));
  });

  it('sees the order of items', () => {
    expect(payloadHash({ ...data, members: ['b', 'a'] })).not.toBe(payloadHash(data));
  });

  it('sees every value', () => {
    expect(payloadHash({ ...data, to: { rawId: '8:acs:r_ben' } })).not.toBe(payloadHash(data));
    expect(payloadHash({ ...data, version: '7' })).not.toBe(payloadHash(data));
    expect(payloadHash({ ...data, extra: null })).not.toBe(payloadHash(data));
  });

  it('does not see the secrets that dead letters lose', () => {
    expect(payloadHash({ ...data, incomingCallContext: 'S3CRET' })).toBe(payloadHash(data));
  });

  it('does not see them inside nested values and JSON texts', () => {
    const nested = { list: [{ kept: 1, shrToken: 'S3CRET' }], text: '{"cp":"S3CRET","a":"b"}' };
    const scrubbed = { list: [{ kept: 1 }], text: '{"cp":"","a":"b"}' };
    expect(payloadHash(nested)).toBe(payloadHash(scrubbed));
  });

  it('reads 64 levels, as a dead letter keeps them', () => {
    const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    const deep = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
    expect(payloadHash(deep(64))).not.toBe(payloadHash(deep(65)));
    expect(payloadHash(deep(100_000))).toBe(payloadHash(deep(65)));
    expect(payloadHash(nested(64))).not.toBe(payloadHash(nested(63)));
    expect(payloadHash(nested(66))).toBe(payloadHash(nested(65)));
    expect(payloadHash(nested(100_000))).toBe(payloadHash(nested(65)));
  });

  it('has an answer for data that is missing', () => {
    expect(payloadHash(undefined)).toBe('eb045d78d273107348b0300c01d29b7552d622abbc6faf81b3ec55359aa9950c');
  });
});
