/** Returns the current time in epoch milliseconds. It is injected everywhere, so that tests and replays set the time. */
export type Clock = () => number;

/** One UTC day. Epoch milliseconds count no leap seconds, so every day has as many. */
export const dayMs = 86_400_000;

/** Schedules a callback; returns a function that cancels it. Injected like the clock. */
export type StartTimer = (ms: number, act: () => void) => () => void;

/** Waits for work, but no longer than `ms`. Work that is late goes on, and its result is ignored. */
export async function waitAtMost<Result>(
  startTimer: StartTimer,
  ms: number,
  work: Promise<Result>,
): Promise<{ readonly kind: 'done'; readonly result: Result } | { readonly kind: 'late' }> {
  const { promise: late, resolve } = Promise.withResolvers<{ readonly kind: 'late' }>();
  const stopTimer = startTimer(ms, () => resolve({ kind: 'late' }));
  try {
    return await Promise.race([work.then((result) => ({ kind: 'done', result }) as const), late]);
  } finally {
    stopTimer();
  }
}

// Years after 9999 do not have four digits, and the relay handles nothing before 1970.
const firstMs = 0;
const lastMs = Date.UTC(9999, 11, 31);

/**
 * Formats the UTC day of a time as eight digits, such as `20261122`, so that text order is time order.
 *
 * @param timeMs epoch milliseconds; times outside 1970 to 9999 are clamped to the first or last day
 */
export function dayDigits(timeMs: number): string {
  const inRange = Math.min(Math.max(timeMs, firstMs), lastMs);
  const day = new Date(inRange);
  return String(day.getUTCFullYear() * 10_000 + (day.getUTCMonth() + 1) * 100 + day.getUTCDate());
}

/**
 * An answer of another machine, and when it came. Its `Date` is truncated to the second and was written at some moment
 * between request and answer.
 */
export interface ClockReading {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  readonly dateMs: number;
}

/** Milliseconds this machine is ahead at least; negative when behind; 0 when the reading is consistent with no skew. */
export function leastSkewMs({ sentAtMs, receivedAtMs, dateMs }: ClockReading): number {
  if (receivedAtMs < dateMs) return receivedAtMs - dateMs;
  const endMs = dateMs + 1000;
  return sentAtMs > endMs ? sentAtMs - endMs : 0;
}

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Parses an ISO 8601 time as ACS writes it: with `Z`, a numeric offset or neither, and up to nine fraction digits. A time
 * without an offset is UTC.
 *
 * @returns epoch milliseconds, or undefined for any other text
 */
export function parseIsoTime(text: string): number | undefined {
  const match = isoTime.exec(text);
  if (match === null) return undefined;
  const timeMs = Date.parse(match[1] === undefined ? `${text}Z` : text.toUpperCase());
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
