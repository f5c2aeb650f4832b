import type { HttpResponseInit } from '@azure/functions';

/** An answer with a JSON body that no cache may keep: devices and users are in it. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpResponseInit {
  return { status, headers: { 'cache-control': 'no-store', ...headers }, jsonBody: body };
}
