import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withStorageRetry } from '../../../src/storage/retry.ts';

const retry = { tries: 3, tryTimeoutMs: 40, pauseMs: 1 };

/** Throws what the SDK throws when its signal ends a request. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () =>
      reject(new DOMException('The operation was aborted.', 'AbortError')),
    );
  });
}

describe('withStorageRetry', () => {
  it('ends a request that takes too long, and tries again with a signal of its own', async () => {
    const signals: AbortSignal[] = [];
    const answer = await withStorageRetry(retry, async (signal, tryNumber) => {
      signals.push(signal);
      return tryNumber < 3 ? untilAborted(signal) : 'answered';
    });
    expect(answer).toBe('answered');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false]);
  });

  it('gives up after the last try', async () => {
    await expect(withStorageRetry(retry, untilAborted)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each([
    ['succeeded', async () => 'answered'],
    ['failed', async () => Promise.reject(new Error('400'))],
  ])('a request that %s leaves no timer behind that ends its signal later', async (_how, request) => {
    const signals: AbortSignal[] = [];
    await withStorageRetry(retry, (signal) => {
      signals.push(signal);
      return request();
    }).catch(() => undefined);
    await sleep(80);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });
});
