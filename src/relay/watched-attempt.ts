import type { Telemetry } from '../telemetry/telemetry.ts';
import type { TraceScope } from '../telemetry/tracing.ts';
import type { Attempt } from './attempt.ts';

/** An attempt at one event, with what tells of it. */
export interface WatchedAttempt extends Attempt {
  readonly telemetry: Telemetry;
  /** Where in the trace the attempt is. */
  readonly scope: TraceScope;
  /** Names the call, message or thread that the event is about. */
  readonly ref: string | undefined;
}
