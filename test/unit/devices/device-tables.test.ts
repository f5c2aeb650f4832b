import { describe, expect, it } from 'vitest';
import { expiryRowKey, expiryShards, repeatWhileStale } from '../../../src/devices/device-tables.ts';

describe('repeatWhileStale', () => {
  it('returns the first result that is not stale', async () => {
    const results = ['stale', 'stale', 'here', 'never asked'];
    expect(await repeatWhileStale(async () => results.shift())).toBe('here');
    expect(results).toEqual(['never asked']);
  });

  it('throws STORAGE_UNAVAILABLE after ten rounds and says that a retry is safe', async () => {
    let rounds = 0;
    const endless = repeatWhileStale<string>(async () => {
      rounds += 1;
      return 'stale';
    });
    await expect(endless).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      class: 'provider',
      message: 'Concurrent requests changed the device or its handle 10 times in a row. It is safe to retry.',
    });
    expect(rounds).toBe(10);
  });
});

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
