import { describe, expect, it } from 'vitest';
import { lazy } from '../../../src/shared/lazy.ts';

function opening(...failures: readonly Error[]) {
  const left = [...failures];
  let times = 0;
  const open = lazy(async () => {
    times += 1;
    const failure = left.shift();
    if (failure !== undefined) throw failure;
    return 'opened';
  });
  return { open, times: () => times };
}

describe('lazy', () => {
  it('opens once for all callers', async () => {
    const { open, times } = opening();
    expect(await Promise.all([open(), open()])).toEqual(['opened', 'opened']);
    expect(await open()).toBe('opened');
    expect(times()).toBe(1);
  });

  it('opens again on the next call after a failure', async () => {
    const { open, times } = opening(new Error('EMFILE'));
    const both = await Promise.allSettled([open(), open()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(times()).toBe(1);
    expect(await open()).toBe('opened');
    expect(times()).toBe(2);
  });
});
