import type { EventResult } from './event-result.ts';

/** How many pushes of an event the hub took over; after a trial, how many would be sent. */
export function acceptedPushes(result: EventResult): number {
  if (result.end !== 'pushed') return 0;
  return result.pushes.filter(({ outcome }) => outcome.kind === 'accepted').length;
}
