import type { Verdict } from './verdict.ts';

const share = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

/** A run in a few lines for people. */
export function describeVerdict(verdict: Verdict): string {
  const { posts, pushes } = verdict;
  return [
    `seed ${verdict.seed}${verdict.secondary ? ', with a secondary hub' : ''}: ${verdict.events} events, ${pushes} pushes, ${(posts / Math.max(1, pushes)).toFixed(2)} POSTs per push`,
    `  failed: ${share(verdict.failedPosts, posts)} of hub calls, ${share(verdict.failedStorage, verdict.storageRequests)} of storage requests; ${verdict.crashes} events in invocations that died`,
    `  known undelivered: ${verdict.letters} dead letters, ${verdict.givenUp} events given up by Event Grid; ${verdict.missed} rings became missed calls; ${verdict.excusedRings} rings could not be stopped, as logged`,
    `  lost ${verdict.lost.length}, late ${verdict.late.length}, doubled on screen ${verdict.doubled.length}, ringing on ${verdict.ringingOn.length}, resent ${verdict.resent.length}, open rows ${verdict.openRows}, faults ${verdict.faults.length}`,
  ].join('\n');
}
