import type { LogFields, LogLevel } from '../telemetry/logger.ts';
import type { Attempt } from './attempt.ts';
import type { EventEnd } from './event-end.ts';

/** What is measured of an event, and how it is found again. */
export interface EventMeasures {
  /** Names the call, message or thread. */
  readonly ref: string | undefined;
  /** From the time of the event to now, milliseconds; absent when it is none that tells somebody. */
  readonly ageMs: number | undefined;
  /** What the relay took for it, milliseconds. */
  readonly durationMs: number;
}

/** Writes the one line that says what became of an event, and why. docs/telemetry.md names its fields. */
export function logEvent(attempt: Attempt, end: EventEnd, { ref, ageMs, durationMs }: EventMeasures): void {
  const { level, fields } = describe(end);
  attempt.log(level, 'event', {
    end: end.end,
    type: end.identity?.type,
    function: attempt.functionName,
    ref,
    ...fields,
    ageMs,
    durationMs,
  });
}

function describe(end: EventEnd): { readonly level: LogLevel; readonly fields: LogFields } {
  switch (end.end) {
    case 'poison': {
      const { code, message } = end.error;
      return { level: 'error', fields: { reason: code, detail: message } };
    }
    case 'pushed': {
      const { pushes, settled, degraded } = end;
      const accepted = pushes.filter(({ outcome }) => outcome.kind === 'accepted').length;
      return {
        level: settled ? 'info' : 'warn',
        fields: { pushes: pushes.length, accepted, settled, degraded },
      };
    }
    case 'deferred':
      return { level: end.reason === 'busy' ? 'info' : 'error', fields: { reason: end.reason } };
    default:
      return { level: 'info', fields: { reason: end.reason } };
  }
}
