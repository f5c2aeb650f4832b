const longestSpreadMs = 2_000;

/** What decides how long a push waits. */
export interface RetryPause {
  /** The jittered wait of this round, milliseconds. */
  readonly waitMs: number;
  /** How long a hub asks to wait, milliseconds; 0 when none does. */
  readonly hintMs: number;
  /** Time left for the push, milliseconds. */
  readonly leftMs: number;
  /** From 0 to below 1. */
  readonly random: number;
}

/**
 * How long to wait before the next round of tries, milliseconds. A hub's wish is kept and spread by up to as long again,
 * two seconds at most: whatever was refused in the same second would come back in the same second. The spread alone never
 * costs a push its last try.
 */
export function retryPause({ waitMs, hintMs, leftMs, random }: RetryPause): number {
  if (hintMs <= waitMs) return waitMs;
  const spreadMs = Math.max(0, Math.min(hintMs, longestSpreadMs, (leftMs - hintMs) / 2));
  return hintMs + Math.floor(random * spreadMs);
}
