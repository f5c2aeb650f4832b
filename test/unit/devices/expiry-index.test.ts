import { describe, expect, it } from 'vitest';
import { expiryRowKey, expiryShards } from '../../../src/devices/expiry-index.ts';

describe('expiryRowKey', () => {
  it('spreads devices over exactly the partitions that the sweep reads', () => {
    const shards = Array.from({ length: 5_000 }, (_, n) => {
      return expiryRowKey({ recipientId: `8:acs:r_${n}`, deviceId: 'phone' })[0];
    });
    expect([...new Set(shards)].sort()).toEqual([...expiryShards]);
    expect(expiryShards).toHaveLength(256);
  });

  it('differs between devices even if their concatenated ids are equal', () => {
    const keys = [
      { recipientId: 'a', deviceId: 'bc' },
      { recipientId: 'ab', deviceId: 'c' },
      { recipientId: 'a', deviceId: 'bd' },
    ].map((key) => expiryRowKey(key)[1]);
    expect(new Set(keys).size).toBe(3);
  });

  it('ignores other properties of the key', () => {
    const key = { deviceId: 'phone', recipientId: 'a' };
    expect(expiryRowKey({ ...key, ...{ handle: 'x' } })).toEqual(expiryRowKey(key));
  });
});
