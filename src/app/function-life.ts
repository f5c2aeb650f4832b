import { RelayError } from '../errors/errors.ts';
import { type StartTimer, waitAtMost } from '../shared/time.ts';
import type { LogSink } from '../telemetry/logger.ts';

/** The part of an invocation context that an attempt needs. */
export interface Invocation extends LogSink {
  readonly functionName: string;
  readonly invocationId: string;
}

/** How long a timer may take, milliseconds: what is begun just before may go on until the Function ends. */
export const timerBudgetMs = 20_000;

// Event Grid waits 30 seconds for an answer, and an attempt ends before. `functionTimeout` in host.json is far longer: it
// ends the whole worker, with every ring in it.
const longestMs = 34_000;

/**
 * Ends a Function after 34 seconds, whatever hangs. What it waited for goes on without it; a timer continues on its next
 * run.
 *
 * @throws RelayError `FUNCTION_TIMEOUT`
 */
export async function endInTime<Result>(
  startTimer: StartTimer,
  functionName: string,
  work: Promise<Result>,
): Promise<Result> {
  const end = await waitAtMost(startTimer, longestMs, work);
  if (end.kind === 'done') return end.result;
  throw new RelayError({
    code: 'FUNCTION_TIMEOUT',
    class: 'provider',
    message: `The Function ${functionName} was ended after ${longestMs / 1000} seconds, because Azure Storage or a hub did not answer in time. Event Grid delivers an event again, and a timer continues on its next run. If this happens often, check the latency of the storage account and of the hubs.`,
  });
}
