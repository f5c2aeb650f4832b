import { describe, expect, it } from 'vitest';
import { repeatWhileStale } from '../../../src/devices/device-tables.ts';

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
