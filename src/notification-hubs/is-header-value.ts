/**
 * Whether a text may be sent as an HTTP header value: printable Latin-1 and tabs, no line breaks, and no blanks at
 * either end, which a receiver would strip (RFC 9110, section 5.5).
 */
export const isHeaderValue = (value: string): boolean =>
  /^[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?$/.test(value);
