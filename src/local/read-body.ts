import type { IncomingMessage } from 'node:http';

/**
 * Reads a whole request body. Gives undefined when it is longer than `maxBytes`; the rest is then read and dropped,
 * so that the sender gets its answer instead of a broken connection.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  }
  return bytes <= maxBytes ? Buffer.concat(chunks) : undefined;
}
