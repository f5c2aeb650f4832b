/** Nothing the relay sends is worth waiting longer for. */
const MAX_WAIT_MS = 24 * 60 * 60_000;

/** The three date forms a recipient must take (RFC 9110, section 5.6.7). The last one does not name its zone: GMT. */
const HTTP_DATE = /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -](?:\d{2}|\d{4}) \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME_DATE = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

const parseHttpDate = (text: string): number => {
  if (HTTP_DATE.test(text)) return Date.parse(text);
  return ASCTIME_DATE.test(text) ? Date.parse(`${text} GMT`) : Number.NaN;
};

/**
 * Reads a `Retry-After` header (RFC 9110, section 10.2.3): whole seconds, or an HTTP date.
 *
 * @param value - the header, or undefined when there is none.
 * @param nowMs - epoch milliseconds a date is counted from.
 * @returns the wait in milliseconds, 0 to 24 hours (a longer one is cut to that, a past date is 0); undefined for
 * anything else.
 */
export const parseRetryAfter = (value: string | undefined, nowMs: number): number | undefined => {
  const text = value?.trim() ?? '';
  const waitMs = /^\d{1,15}$/.test(text) ? Number(text) * 1000 : parseHttpDate(text) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), MAX_WAIT_MS);
};
