import type { Link } from '@opentelemetry/api';
import type { Reference } from './reference.ts';
import type { RelayMetrics } from './relay-metrics.ts';
import type { Step } from './step.ts';
import type { TraceScope } from './trace-scope.ts';

/** How the relay tells what it does, beside its log lines. */
export interface Telemetry {
  /**
   * Does the work on one event as a span: a child of what is active, linked to the span that caused the event.
   *
   * @param linkOf asked only when somebody traces
   */
  readonly trace: <Value>(
    step: Step<Value>,
    linkOf: () => Link | undefined,
    work: (inner: TraceScope) => Promise<Value>,
  ) => Promise<Value>;
  readonly metrics: RelayMetrics;
  /** Names calls, messages and devices; absent where nobody reads what is told. */
  readonly reference?: Reference;
}
