/** What bounds one attempt. All times epoch milliseconds. */
export interface LeaseBounds {
  readonly nowMs: number;
  /** After this moment the event's pushes are worthless: the ring deadline, or the end of a chat push's life. */
  readonly deadlineMs: number;
  /** When this attempt stops at the latest. */
  readonly budgetEndsMs: number;
}

// Settling comes after the last try, so the lease must outlive it a little.
const SETTLE_MS = 2_000;
// Event Grid delivers again 10 s after a failure at the earliest ("Event Grid message delivery and retry"). A lease that
// outlasts that would keep the redelivery of a crashed attempt waiting, and a ring has no second chance. An attempt that
// takes longer goes on without its lease: whoever takes over sends pushes of the same ids, which devices collapse, and
// the slow owner cannot settle any more.
const LONGEST_MS = 10_000;

/** How long an attempt may keep its event: until its work must be over, and time to settle; 2,000 to 10,000 ms. */
export function leaseMsFor({ nowMs, deadlineMs, budgetEndsMs }: LeaseBounds): number {
  const workMs = Math.max(Math.min(deadlineMs, budgetEndsMs) - nowMs, 0);
  return Math.min(workMs + SETTLE_MS, LONGEST_MS);
}
