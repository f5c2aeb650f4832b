const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads an ISO 8601 time as ACS writes them: `Z` or a numeric offset, none to nine fraction digits. A time without an
 * offset is UTC.
 *
 * @returns epoch milliseconds, or undefined when the text is no such time.
 */
export function parseEventTime(text: string): number | undefined {
  const match = isoTime.exec(text);
  if (match === null) return undefined;
  const timeMs = Date.parse(match[1] === undefined ? `${text}Z` : text.toUpperCase());
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
