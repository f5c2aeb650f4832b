import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTimer } from '../../../src/app/compose-app.ts';
import { withinGraceOf } from '../../../src/relay/recipients.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new Promise<never>(() => undefined);
const down = new Error('down');

/** What a promise has settled to by now, or `'open'`. */
async function now(promise: Promise<unknown>): Promise<unknown> {
  const open = vi.advanceTimersByTimeAsync(0).then(() => 'open');
  return Promise.race([promise.catch((error: unknown) => error), open]);
}

describe('withinGraceOf', () => {
  it('returns the wanted value while the needed one is pending', async () => {
    expect(await withinGraceOf(startTimer, never, Promise.resolve('claimed'))).toBe('claimed');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sets no deadline while the needed value is pending', async () => {
    const waiting = withinGraceOf(startTimer, never, never);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await now(waiting)).toBe('open');
  });

  it('throws STORAGE_UNAVAILABLE one second after the needed value has arrived', async () => {
    const waiting = withinGraceOf(startTimer, Promise.resolve(), never);
    await vi.advanceTimersByTimeAsync(999);
    expect(await now(waiting)).toBe('open');
    vi.advanceTimersByTime(1);
    expect(await now(waiting)).toMatchObject({
      code: 'STORAGE_UNAVAILABLE',
      class: 'provider',
      message:
        'Azure Storage did not answer one of several concurrent requests within 1000 ms after the others. The ring was sent without it. If this happens often, check the latency and throttling metrics of the storage account.',
    });
  });

  it('returns a value that arrives within that second, and leaves no timer', async () => {
    const wanted = Promise.withResolvers<string>();
    const waiting = withinGraceOf(startTimer, Promise.resolve(), wanted.promise);
    await vi.advanceTimersByTimeAsync(999);
    wanted.resolve('claimed');
    expect(await waiting).toBe('claimed');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('starts no timer when the needed value arrives last', async () => {
    const needed = Promise.withResolvers<void>();
    await withinGraceOf(startTimer, needed.promise, Promise.resolve('claimed'));
    needed.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sets no deadline when the needed value fails', async () => {
    const waiting = withinGraceOf(startTimer, Promise.reject(down), never);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await now(waiting)).toBe('open');
  });

  it('rejects as the wanted value does, and ignores a failure after the deadline', async () => {
    await expect(withinGraceOf(startTimer, never, Promise.reject(down))).rejects.toBe(down);
    const wanted = Promise.withResolvers<never>();
    const waiting = now(withinGraceOf(startTimer, Promise.resolve(), wanted.promise));
    vi.advanceTimersByTime(1_000);
    await waiting;
    wanted.reject(down);
    await vi.advanceTimersByTimeAsync(0);
  });
});
