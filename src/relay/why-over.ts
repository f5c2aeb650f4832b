import type { CallNotification } from '../notifications/notification.ts';
import type { Attempt } from './attempt.ts';
import type { RelayDeps } from './relay-deps.ts';
import { soonAfter } from './soon-after.ts';

/**
 * Why a call is over for the user it is for: `answered` when the user joined since the ring, `missed` when it ended
 * without them. Somebody who joined before this ring was called again, and must be rung again.
 *
 * @param doing what goes on without an answer, for the log
 * @param needed what the caller waits for at the same time; given, the answer counts only until soon after that
 * @returns undefined while it may ring, and when the call memory cannot be read: a ring does not wait for it
 */
export async function whyOver(
  deps: RelayDeps,
  attempt: Attempt,
  { callId, recipientId, sentAtMs }: CallNotification,
  doing: string,
  needed?: Promise<unknown>,
): Promise<'answered' | 'missed' | undefined> {
  try {
    // What happened before the ring does not end it.
    const reading = deps.calls.readCall(callId, deps.clock(), sentAtMs);
    const call = await (needed === undefined ? reading : soonAfter(deps.startTimer, needed, reading));
    const joined = call.joined.some((user) => user.userId === recipientId && user.firstAtMs >= sentAtMs);
    if (joined) return 'answered';
    return call.endedAtMs === undefined ? undefined : 'missed';
  } catch {
    attempt.log('warn', 'call-memory-unavailable', { doing });
    return undefined;
  }
}
