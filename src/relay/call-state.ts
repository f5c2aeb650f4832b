import { RelayError } from '../errors/errors.ts';
import type { CallNotification } from '../notifications/notification.ts';
import type { Attempt, RelayDeps } from './attempt.ts';

/**
 * Reads whether a call is over for the user it rings: `answered` when the user joined since the ring, `missed` when the
 * call ended without them. A user who joined before this ring was called again and must be rung again.
 *
 * @param doing what happens without an answer, for the log
 * @param needed data the caller is waiting for at the same time; if given, the answer counts only up to one second after it
 * @returns undefined while the call may ring, and when the call memory cannot be read: a ring does not wait for it
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

// Once storage has answered one request, a concurrent one normally follows within 100 ms.
const graceMs = 1_000;

/**
 * Waits for optional data no longer than one second after the required data has arrived. While the required data is
 * pending, and if it fails, the optional data has no deadline.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the second is over; a later result of `wanted` is ignored
 */
export async function withinGraceOf<Value>(
  startTimer: RelayDeps['startTimer'],
  needed: Promise<unknown>,
  wanted: Promise<Value>,
): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  let isOver = false;
  let stopTimer = () => {};
  const startGrace = () => {
    if (!isOver) stopTimer = startTimer(graceMs, () => reject(tooLate()));
  };
  needed.then(startGrace, () => undefined);
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
    message: `Azure Storage did not answer one of several concurrent requests within ${graceMs} ms after the others. The ring was sent without it. If this happens often, check the latency and throttling metrics of the storage account.`,
  });
}
