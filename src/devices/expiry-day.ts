// Years have four digits only up to 9999.
const LAST_MS = Date.UTC(9999, 11, 31);

/**
 * The UTC day of a moment as eight digits, such as `20270521`: order of text is order of time.
 *
 * @param timeMs epoch milliseconds from 1970 on; later than 9999 counts as its last day
 */
export function expiryDay(timeMs: number): string {
  return new Date(Math.min(timeMs, LAST_MS)).toISOString().slice(0, 10).replaceAll('-', '');
}
