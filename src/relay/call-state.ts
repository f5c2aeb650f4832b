import { RelayError } from '../errors/errors.ts';
import type { CallNotification } from '../notifications/notification.ts';
import type { Attempt, RelayDeps } from './attempt.ts';

// Storage that has just answered one request answers another one of the same moment within a tenth of that, or not at all.
const graceMs = 1_000;

/**
 * Waits for what a ring can do without, but not long: until one second after what it cannot do without has come. As long
 * as that one is under way, or when it fails, nothing is hurried.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the second is over; what comes of `wanted` then is passed over
 */
export async function withinGraceOf<Value>(
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

/**
 * Why a call is over for the user it is for: `answered` when the user joined since the ring, `missed` when it ended
 * without them. Somebody who joined before this ring was called again, and must be rung again.
 *
 * @param doing what goes on without an answer, for the log
 * @param needed what the caller waits for at the same time; given, the answer counts only until soon after that
 * @returns undefined while it may ring, and when the call memory cannot be read: a ring does not wait for it
 */
export async function readCallState(
  deps: RelayDeps,
  attempt: Attempt,
  { callId, recipientId, sentAtMs }: CallNotification,
  doing: string,
  needed?: Promise<unknown>,
): Promise<'answered' | 'missed' | undefined> {
  try {
    // What happened before the ring does not end it.
    const reading = deps.calls.readCall(callId, deps.clock(), sentAtMs);
    const call = await (needed === undefined ? reading : withinGraceOf(deps.startTimer, needed, reading));
    const joined = call.joined.some((user) => user.userId === recipientId && user.firstAtMs >= sentAtMs);
    if (joined) return 'answered';
    return call.endedAtMs === undefined ? undefined : 'missed';
  } catch {
    attempt.log('warn', 'call-memory-unavailable', { doing });
    return undefined;
  }
}

function tooLate(): RelayError {
  return new RelayError({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message: `Azure Storage gave no answer to one of several requests of the same moment within ${graceMs} ms after the others. The ring went on without it. Should it happen often, look at the latency and throttling metrics of the storage account.`,
  });
}
