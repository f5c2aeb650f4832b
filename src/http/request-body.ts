import type { HttpRequest } from '@azure/functions';

/**
 * The error message for a request without a body. Most often the caller did send one: the Functions host drops bodies
 * that are sent in chunks, without a Content-Length ("Chunked requests are not supported", azure-functions-host issue
 * 7930).
 */
export const emptyBodyMessage =
  'The body is empty. Send a Content-Length header: Azure Functions drops bodies that are sent in chunks.';

/**
 * Reads the body of a request up to a limit and stops there, even if `Content-Length` is wrong or missing.
 *
 * @returns the bytes, or `too-large`.
 */
export async function readBody(request: HttpRequest, maxBytes: number): Promise<Buffer | 'too-large'> {
  if (Number(request.headers.get('content-length')) > maxBytes) return 'too-large';
  if (request.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > maxBytes) return 'too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The value of a JSON body in UTF-8, with or without a byte order mark; undefined when the body is not valid JSON. */
export function parseJsonBody(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
