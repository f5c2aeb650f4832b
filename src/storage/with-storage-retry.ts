import { setTimeout as pause } from 'node:timers/promises';
import { storageFailure } from './storage-failure.ts';
import type { StorageRetry } from './storage-retry.ts';

/**
 * Runs one storage request, and again when no answer came (socket error, timeout) or the answer was 408, 429 or 5xx.
 * The SDKs' own retries are switched off in favour of this one: they do not tell that a request was sent twice, and
 * their timeout ends with the response headers.
 *
 * @param request - one request; gets the signal that ends it and which try this is, from 1.
 */
export async function withStorageRetry<Result>(
  retry: StorageRetry,
  request: (signal: AbortSignal, tryNumber: number) => Promise<Result>,
): Promise<Result> {
  for (let tryNumber = 1; ; tryNumber += 1) {
    // Not `AbortSignal.timeout`: that one lives on, with all that listens to it, until its time has run out.
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), retry.tryTimeoutMs);
    try {
      return await request(controller.signal, tryNumber);
    } catch (error) {
      if (tryNumber >= retry.tries || !isPassing(error)) throw error;
    } finally {
      clearTimeout(timer);
    }
    await pause(retry.pauseMs * 2 ** (tryNumber - 1));
  }
}

function isPassing(error: unknown): boolean {
  const { status } = storageFailure(error);
  if (status !== undefined) return status === 408 || status === 429 || status >= 500;
  return error instanceof Error && (error.name === 'RestError' || error.name === 'AbortError');
}
