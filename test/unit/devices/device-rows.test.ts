import { describe, expect, it } from 'vitest';
import { repeatWhileStale } from '../../../src/devices/device-rows.ts';

describe('repeatWhileStale', () => {
  it('gives the first result that is not stale', async () => {
    const results = ['stale', 'stale', 'here', 'never asked'];
    expect(await repeatWhileStale(async () => results.shift())).toBe('here');
    expect(results).toEqual(['never asked']);
  });

  it('gives up after ten rounds, saying that it can be tried again', async () => {
    let rounds = 0;
    const endless = repeatWhileStale<string>(async () => {
      rounds += 1;
      return 'stale';
    });
    await expect(endless).rejects.toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      class: 'provider',
      message: 'A device or its handle was changed by others 10 times in a row. It is safe to try again.',
    });
    expect(rounds).toBe(10);
  });
});
