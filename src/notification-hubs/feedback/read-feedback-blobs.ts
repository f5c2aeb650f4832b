import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ContainerClient } from '@azure/storage-blob';
import { errorReason } from '../transports/error-reason.ts';

/** How much is read at most. */
export interface FeedbackLimits {
  readonly blobs: number;
  readonly bytesPerBlob: number;
  /** Of all blobs together. */
  readonly bytes: number;
}

/** Which blobs to read, and for how long. */
export interface ReadFeedbackBlobs {
  /** Address of the container with its signature, checked. */
  readonly url: string;
  /** How names of blobs begin. */
  readonly prefixes: readonly string[];
  readonly limits: FeedbackLimits;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** The bytes of one blob, or why they could not be had. */
export type FeedbackBlob =
  | { readonly kind: 'blob'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly detail: string };

interface Listed {
  readonly name: string;
  readonly bytes: number;
  readonly changedAtMs: number;
}

/** So many names are looked at for each prefix. */
const MAX_NAMES = 1000;

/**
 * Reads the feedback blobs of a container, the one that changed last first, within the limits. Of a blob that is too
 * long the end is read: feedback is added there, and its beginning was read by earlier runs. A blob that cannot be read
 * does not keep the others from being read. A container that does not exist has no blobs.
 */
export async function* readFeedbackBlobs(
  request: ReadFeedbackBlobs,
): AsyncGenerator<FeedbackBlob, void, undefined> {
  const { ContainerClient } = await import('@azure/storage-blob');
  const container = new ContainerClient(request.url, undefined, { retryOptions: { maxTries: 1 } });
  let room = request.limits.bytes;
  try {
    for (const blob of await listBlobs(container, request)) {
      const offset = blob.bytes - Math.min(blob.bytes, request.limits.bytesPerBlob, room);
      if (offset >= blob.bytes) continue;
      room -= blob.bytes - offset;
      yield await download(container, blob, offset, request.signal);
    }
  } catch (error) {
    const reason = describe(error);
    if (reason !== 'HTTP 404') yield { kind: 'failed', detail: `list: ${reason}` };
  }
}

async function listBlobs(
  container: ContainerClient,
  { prefixes, limits, signal }: ReadFeedbackBlobs,
): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  for (const prefix of prefixes) {
    let names = 0;
    for await (const { name, properties } of container.listBlobsFlat({ prefix, abortSignal: signal })) {
      listed.push({
        name,
        bytes: properties.contentLength ?? 0,
        changedAtMs: properties.lastModified.getTime(),
      });
      names += 1;
      if (names === MAX_NAMES) break;
    }
  }
  return listed.sort((one, other) => other.changedAtMs - one.changedAtMs).slice(0, limits.blobs);
}

async function download(
  container: ContainerClient,
  { name, bytes }: Listed,
  offset: number,
  abortSignal: AbortSignal,
): Promise<FeedbackBlob> {
  try {
    const client = container.getBlobClient(name);
    const { readableStreamBody } = await client.download(offset, bytes - offset, {
      abortSignal,
      maxRetryRequests: 0,
    });
    return { kind: 'blob', bytes: await buffer(readableStreamBody ?? Readable.from([])) };
  } catch (error) {
    return { kind: 'failed', detail: `read: ${describe(error)}` };
  }
}

/** Status or socket code alone: the error of the SDK carries the address and so the signature. */
function describe(error: unknown): string {
  if (error instanceof Error && error.name === 'AbortError') return 'TIMEOUT';
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    return `HTTP ${error.statusCode}`;
  }
  return errorReason(error);
}
