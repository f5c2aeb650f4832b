import type { DeadLetterSource } from '../deliveries/dead-letter.ts';
import type { RelayDeps } from './relay-deps.ts';
import type { WatchedAttempt } from './watched-attempt.ts';

/**
 * Puts an event aside, and once it is safe there tells so: one line, one counter.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function putAside(
  deps: RelayDeps,
  attempt: WatchedAttempt,
  letter: Omit<DeadLetterSource, 'functionName' | 'atMs'>,
): Promise<void> {
  const { functionName, ref, telemetry } = attempt;
  await deps.putAside({ ...letter, functionName, atMs: deps.clock() });
  attempt.log('error', 'dead-letter', {
    reason: letter.reason,
    code: letter.code,
    type: letter.identity?.type,
    function: functionName,
    ref,
    attempt: letter.attempt,
  });
  telemetry.metrics.deadLettered(letter.reason);
}
