import { RelayError } from '../errors/errors.ts';
import type { RelayDeps } from './relay-deps.ts';

// Storage that has just answered one request answers another one of the same moment within a tenth of that, or not at all.
const graceMs = 1_000;

/**
 * Waits for what a ring can do without, but not long: until one second after what it cannot do without has come. As long
 * as that one is under way, or when it fails, nothing is hurried.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the second is over; what comes of `wanted` then is passed over
 */
export async function soonAfter<Value>(
  startTimer: RelayDeps['startTimer'],
  needed: Promise<unknown>,
  wanted: Promise<Value>,
): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  let isOver = false;
  let stopTimer = () => {};
  const hurry = () => {
    if (!isOver) stopTimer = startTimer(graceMs, () => reject(tooLate()));
  };
  needed.then(hurry, () => undefined);
  try {
    return await Promise.race([wanted, late]);
  } finally {
    isOver = true;
    stopTimer();
  }
}

function tooLate(): RelayError {
  return new RelayError({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message: `Azure Storage gave no answer to one of several requests of the same moment within ${graceMs} ms after the others. The ring went on without it. Should it happen often, look at the latency and throttling metrics of the storage account.`,
  });
}
