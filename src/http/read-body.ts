import type { HttpRequest } from '@azure/functions';

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
