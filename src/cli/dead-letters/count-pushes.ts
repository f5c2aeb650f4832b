import { acceptedPushes } from './accepted-pushes.ts';
import type { RedriveStep } from './redrive-letters.ts';

/**
 * Counts the pushes that a trial would send, no further than it takes to know that there are more than `limit`.
 *
 * @returns at most one event's pushes more than `limit`
 */
export async function countPushes(trial: AsyncIterable<RedriveStep>, limit: number): Promise<number> {
  let pushes = 0;
  for await (const step of trial) {
    if (step.kind === 'event') pushes += acceptedPushes(step.result);
    if (pushes > limit) break;
  }
  return pushes;
}
