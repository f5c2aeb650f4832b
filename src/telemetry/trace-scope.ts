import type { Step } from './step.ts';

/** The place in a trace that the next step belongs to. */
export interface TraceScope {
  /**
   * Does the work of a step inside a span of its own, and gives the scope for the steps inside it. Answers and throws
   * what the work does.
   */
  readonly run: <Value>(step: Step<Value>, work: (inner: TraceScope) => Promise<Value>) => Promise<Value>;
}
