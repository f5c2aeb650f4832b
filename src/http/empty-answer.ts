import type { HttpResponseInit } from '@azure/functions';

/** An answer without a body. */
export function emptyAnswer(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): HttpResponseInit {
  return { status, headers: { 'cache-control': 'no-store', ...headers } };
}
