import { isFinalOutcome } from '../deliveries/outcomes.ts';
import { stopsByItself } from '../notifications/end-of-ring.ts';
import type { PushReport } from './push-report.ts';

/**
 * What becomes of a push, by the words of the events: `sent` to the hub; `skipped`, since it came too late to matter;
 * `dead-lettered` with its event; or `deferred` until Event Grid comes again.
 */
export function pushEnd({ kind, outcome }: PushReport): 'sent' | 'skipped' | 'dead-lettered' | 'deferred' {
  if (outcome.kind === 'accepted') return 'sent';
  if (outcome.kind === 'expired' && stopsByItself(kind)) return 'skipped';
  return isFinalOutcome(outcome.kind) ? 'dead-lettered' : 'deferred';
}
