import type { EventResult } from './event-result.ts';

/** Whether an event failed for what ails storage or the hub, so that others are likely to fail alike. */
export function isOutage(result: EventResult): boolean {
  if (result.end === 'failed') return true;
  return (
    result.end === 'pushed' &&
    !result.settled &&
    result.pushes.every(({ outcome }) => outcome.kind !== 'accepted')
  );
}
