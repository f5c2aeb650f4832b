import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startTimer } from '../../../src/app/compose-app.ts';
import { withinGraceOf } from '../../../src/relay/call-state.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new Promise<never>(() => undefined);
const down = new Error('down');

/** What a promise has come to by now, or else `'open'`. */
async function now(promise: Promise<unknown>): Promise<unknown> {
  const open = vi.advanceTimersByTimeAsync(0).then(() => 'open');
  return Promise.race([promise.catch((error: unknown) => error), open]);
}

it('is the value that comes first', async () => {
  expect(await withinGraceOf(startTimer, never, Promise.resolve('claimed'))).toBe('claimed');
  expect(vi.getTimerCount()).toBe(0);
});

it('waits for the value while what is needed is under way', async () => {
  const waiting = withinGraceOf(startTimer, never, never);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await now(waiting)).toBe('open');
});

it('waits one second more and no longer once what is needed has come', async () => {
  const waiting = withinGraceOf(startTimer, Promise.resolve(), never);
  await vi.advanceTimersByTimeAsync(999);
  expect(await now(waiting)).toBe('open');
  vi.advanceTimersByTime(1);
  expect(await now(waiting)).toMatchObject({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message:
      'Azure Storage gave no answer to one of several requests of the same moment within 1000 ms after the others. The ring went on without it. Should it happen often, look at the latency and throttling metrics of the storage account.',
  });
});

it('takes a value that comes within that second, and leaves no timer', async () => {
  const wanted = Promise.withResolvers<string>();
  const waiting = withinGraceOf(startTimer, Promise.resolve(), wanted.promise);
  await vi.advanceTimersByTimeAsync(999);
  wanted.resolve('claimed');
  expect(await waiting).toBe('claimed');
  expect(vi.getTimerCount()).toBe(0);
});

it('starts no timer when what is needed comes after the value', async () => {
  const needed = Promise.withResolvers<void>();
  await withinGraceOf(startTimer, needed.promise, Promise.resolve('claimed'));
  needed.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
});

it('waits for the value when what is needed fails', async () => {
  const waiting = withinGraceOf(startTimer, Promise.reject(down), never);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await now(waiting)).toBe('open');
});

it('fails with what the value fails with, and passes a later failure over', async () => {
  await expect(withinGraceOf(startTimer, never, Promise.reject(down))).rejects.toBe(down);
  const wanted = Promise.withResolvers<never>();
  const waiting = now(withinGraceOf(startTimer, Promise.resolve(), wanted.promise));
  vi.advanceTimersByTime(1_000);
  await waiting;
  wanted.reject(down);
  await vi.advanceTimersByTimeAsync(0);
});
