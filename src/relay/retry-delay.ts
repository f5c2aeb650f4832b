const baseMs = 200;
const longestMs = 4_000;

/**
 * How long to wait before the next try: decorrelated jitter, a random time between the base and three times the last
 * wait (three times the base at first), so that many instances that failed together do not come back together.
 *
 * @param random from 0 to below 1
 */
export function retryDelay(previousMs: number, random: number): number {
  const upperMs = Math.min(longestMs, Math.max(baseMs, previousMs) * 3);
  return Math.round(baseMs + random * (upperMs - baseMs));
}
