import type { Clock } from '../shared/time.ts';
import { createContextLogger, type LogSink } from '../telemetry/logger.ts';
import type { Attempt } from './attempt.ts';

/** The part of an invocation context that an attempt is made from. */
export interface Invocation extends LogSink {
  readonly functionName: string;
  readonly invocationId: string;
}

// Event Grid waits 30 seconds for an answer and then delivers again.
const budgetMs = 25_000;

/** Begins an attempt for one invocation of a Function. */
export function startAttempt(invocation: Invocation, clock: Clock): Attempt {
  return {
    functionName: invocation.functionName,
    owner: invocation.invocationId,
    log: createContextLogger(invocation),
    budgetEndsMs: clock() + budgetMs,
  };
}
