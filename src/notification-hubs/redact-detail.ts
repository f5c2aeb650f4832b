const MAX_LENGTH = 200;

/** Ids of the hub's own traces: long, but made to be shown. */
const TRACE_ID = /^(?:[a-z]{1,20}:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:_[0-9a-z]{1,8}){0,3}$/i;

/** Long enough that no plain word has it; device handles, keys, signatures and tokens all do. */
const OPAQUE = /[\w\-+/=%:]{24,}/g;

/**
 * Makes a text of the hub fit for logs: at most 200 characters on one line, and without what could be quoted from
 * the request. Known secrets, anything in quotes or braces, and every long opaque word become `[redacted]`; ids of
 * the hub's traces stay.
 *
 * @param text - what the hub said.
 * @param secrets - texts that must not appear, such as the device handle and the SAS key; empty ones are passed over.
 */
export const redactDetail = (text: string, secrets: readonly string[]): string => {
  let clean = text;
  for (const secret of secrets) if (secret !== '') clean = clean.replaceAll(secret, '[redacted]');
  clean = clean
    .replace(/\{.*/s, '[redacted]')
    .replace(/"[^"]*"?|(?<!\w)'[^']*'?/g, '[redacted]')
    .replace(OPAQUE, (word) => (TRACE_ID.test(word) ? word : '[redacted]'))
    .replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
    .trim();
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH - 1).toWellFormed()}…` : clean;
};
