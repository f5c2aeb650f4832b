import { RelayError } from '../errors/errors.ts';
import type { EventReport } from './event-report.ts';

/**
 * Asks Event Grid to come back for whatever is not done: the trigger's only way to say so is to fail.
 *
 * @throws RelayError `DELIVERY_INCOMPLETE` when a report is deferred or has open pushes
 */
export function requireDelivered(reports: readonly EventReport[]): void {
  const open = reports.filter(
    (report) => report.end === 'deferred' || (report.end === 'pushed' && !report.settled),
  );
  if (open.length === 0) return;
  throw new RelayError({
    code: 'DELIVERY_INCOMPLETE',
    class: 'provider',
    message: `${open.length} of ${reports.length} events are not delivered to every device yet. Event Grid delivers them again, and what is done is not repeated.`,
  });
}
