/**
 * The code of a network error, such as `ECONNRESET`. Its message is left out on purpose: it may hold addresses,
 * names in certificates or parts of a request.
 */
export const errorReason = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,59}$/.test(code) ? code : 'UNKNOWN_ERROR';
};
