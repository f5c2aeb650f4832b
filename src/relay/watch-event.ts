import type { ParsedEvent } from '../events/relay-event.ts';
import { failureCode } from '../telemetry/logger.ts';
import { noTelemetry } from '../telemetry/telemetry.ts';
import { readTraceLink } from '../telemetry/tracing.ts';
import type { Attempt } from './attempt.ts';
import type { EventEnd } from './event-end.ts';
import { eventReference } from './event-reference.ts';
import type { EventReport } from './event-report.ts';
import { eventTypeLabel } from './event-type-label.ts';
import { logEvent } from './log-event.ts';
import type { RelayDeps } from './relay-deps.ts';
import { eventStep } from './steps/event-step.ts';
import type { WatchedAttempt } from './watched-attempt.ts';

/**
 * Has one event handled, and tells what became of it and why: one line, one span, the counters. What could not be handled
 * is told as well, before the error goes on.
 *
 * @param value the event as received
 */
export function watchEvent(
  deps: RelayDeps,
  attempt: Attempt,
  parsed: ParsedEvent,
  value: unknown,
  work: (attempt: WatchedAttempt) => Promise<EventReport>,
): Promise<EventReport> {
  const startedMs = deps.clock();
  const { telemetry = noTelemetry } = deps;
  const event = parsed.end === 'event' ? parsed.event : undefined;
  const identity = parsed.end === 'event' ? parsed.event.identity : parsed.identity;
  const ref = event && telemetry.reference && eventReference(telemetry.reference, event);
  const tell = (end: EventEnd) => {
    const nowMs = deps.clock();
    const ageMs = event && nowMs - event.timeMs;
    logEvent(attempt, end, { ref, ageMs, durationMs: nowMs - startedMs });
    telemetry.metrics.eventEnded(eventTypeLabel(identity?.type), end.end);
    if (end.end === 'pushed' && end.degraded === true) telemetry.metrics.degraded();
  };
  const step = eventStep({ identity, functionName: attempt.functionName, ref });
  return telemetry.trace(
    step,
    () => readTraceLink(value),
    async (scope) => {
      try {
        const report = await work({ ...attempt, telemetry, scope, ref });
        tell(report);
        return report;
      } catch (error) {
        tell({ end: 'deferred', ...(identity && { identity }), reason: failureCode(error) });
        throw error;
      }
    },
  );
}
