import type { NotificationKind } from '../../notifications/notification.ts';
import type { PushReport } from '../../relay/event-report.ts';
import type { EventResult } from './event-result.ts';

/** Whether nothing is left to do for an event, so that its letter has served. */
export function isDone(result: EventResult): boolean {
  switch (result.end) {
    case 'pushed':
      return result.settled && !result.pushes.some(isLost);
    case 'skipped':
    case 'ignored':
      return true;
    default:
      return false;
  }
}

// A ring that is too late is told as a missed call, and what stops a ring is not needed once that has ended by itself.
const endsByItself: ReadonlySet<NotificationKind> = new Set(['incoming-call', 'call-answered', 'call-ended']);

function isLost({ outcome, kind }: PushReport): boolean {
  return outcome.kind === 'rejected' || (outcome.kind === 'expired' && !endsByItself.has(kind));
}
