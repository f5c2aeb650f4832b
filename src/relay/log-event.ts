import type { LogFields, LogLevel } from '../telemetry/logger.ts';
import type { Attempt } from './attempt.ts';
import type { EventReport } from './event-report.ts';

/** Writes the one line that says what became of an event, and why. */
export function logEvent(attempt: Attempt, report: EventReport): void {
  const { level, fields } = describe(report);
  const common = { end: report.end, type: report.identity?.type, function: attempt.functionName };
  attempt.log(level, 'event', { ...common, ...fields });
}

function describe(report: EventReport): { readonly level: LogLevel; readonly fields: LogFields } {
  switch (report.end) {
    case 'poison': {
      const { code, message } = report.error;
      return { level: 'error', fields: { reason: code, detail: message } };
    }
    case 'pushed': {
      const accepted = report.pushes.filter(({ outcome }) => outcome.kind === 'accepted').length;
      const fields = { pushes: report.pushes.length, accepted, settled: report.settled };
      return { level: report.settled ? 'info' : 'warn', fields };
    }
    default:
      return { level: 'info', fields: { reason: report.reason } };
  }
}
