/** The current time in epoch milliseconds. Handed in everywhere, so that tests and replays decide what time it is. */
export type Clock = () => number;

// ISO years have four digits only from 0000 to 9999; nothing of this relay is before 1970.
const firstMs = 0;

const lastMs = Date.UTC(9999, 11, 31);

/**
 * The UTC day of a moment as eight digits, such as `20261122`: order of text is order of time. Names the tables of a day.
 *
 * @param timeMs epoch milliseconds; times outside 1970 to 9999 count as the first or last day
 */
export function dayDigits(timeMs: number): string {
  const inRange = Math.min(Math.max(timeMs, firstMs), lastMs);
  const day = new Date(inRange);
  return String(day.getUTCFullYear() * 10_000 + (day.getUTCMonth() + 1) * 100 + day.getUTCDate());
}
