import type { HttpRequest } from '@azure/functions';

/**
 * What a caller is told whose request came without a body. Most often it had one: the Functions host drops bodies that
 * are sent in chunks, without a Content-Length ("Chunked requests are not supported", azure-functions-host issue 7930).
 */
export const emptyBodyMessage =
  'The body is empty. Send it with a Content-Length header: Azure Functions drops bodies that are sent in chunks.';

/**
 * Reads the body of a request up to a limit and stops there, whatever `Content-Length` says or leaves out.
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

/** A JSON value, or bytes that are none. */
type ParsedJson = { readonly kind: 'valid'; readonly value: unknown } | { readonly kind: 'invalid' };

/** Reads JSON text in UTF-8, with or without a byte order mark. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return { kind: 'valid', value };
  } catch {
    return { kind: 'invalid' };
  }
}
