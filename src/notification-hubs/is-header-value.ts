/**
 * Whether a text may be sent as an HTTP header value: printable Latin-1 and tabs, no line breaks, and no blanks at
 * either end, which a receiver would strip (RFC 9110, section 5.5).
 */
export const isHeaderValue = (value: string): boolean =>
  /^(?![\t ])[\t\x20-\x7e\x80-\xff]+(?<![\t ])$/.test(value);
