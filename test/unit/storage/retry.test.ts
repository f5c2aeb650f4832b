import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { storageUnavailable, withStorageRetry } from '../../../src/storage/retry.ts';

describe('storageUnavailable', () => {
  it.each([
    [
      Object.assign(new Error('no route'), { name: 'RestError', code: 'ENOTFOUND' }),
      'ENOTFOUND. Check that RELAY_STORAGE',
    ],
    [Object.assign(new Error('x'), { name: 'AbortError' }), 'AbortError. Check that RELAY_STORAGE'],
    [
      { statusCode: 500, details: { odataError: { code: 'InternalError' } } },
      '500 InternalError. It is safe to retry.',
    ],
    [{ statusCode: 401, code: 7, details: 'text' }, '401. Check the key in RELAY_STORAGE'],
    [{ statusCode: 409, code: 'TableBeingDeleted' }, '409 TableBeingDeleted. It is safe to retry.'],
    ['thrown text', 'string. Check that RELAY_STORAGE'],
    [undefined, 'undefined. Check that RELAY_STORAGE'],
  ])('reports what failed: %#', (thrown, expected) => {
    const error = storageUnavailable('table devices, list', thrown);
    expect(error).toMatchObject({ code: 'STORAGE_UNAVAILABLE', class: 'provider' });
    expect(error.message).toContain(`Azure Storage failed (table devices, list): ${expected}`);
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('keeps the message of a socket error in the cause, and only the status of an answer', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    expect(storageUnavailable('x', refused).cause).toMatchObject({
      message: 'connect ECONNREFUSED 127.0.0.1:1',
    });
    const answered = Object.assign(new Error('signature abc of 4:+46701234567'), { statusCode: 403 });
    expect(storageUnavailable('x', answered).cause).toMatchObject({ message: 'Azure Storage returned 403' });
  });
});

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
  it('ends a request that takes too long, and retries with a new signal', async () => {
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
  ])('leaves no timer behind that ends the signal later after a request that %s', async (_how, request) => {
    const signals: AbortSignal[] = [];
    await withStorageRetry(retry, (signal) => {
      signals.push(signal);
      return request();
    }).catch(() => undefined);
    await sleep(80);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });
});
