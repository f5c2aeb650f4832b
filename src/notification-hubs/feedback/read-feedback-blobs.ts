import type { BlobContainer, ListedBlob } from '../../storage/blob-container.ts';
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
  const { createBlobContainer } = await import('../../storage/blob-container.ts');
  const container = createBlobContainer(request.url);
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
  container: BlobContainer,
  { prefixes, limits, signal }: ReadFeedbackBlobs,
): Promise<readonly ListedBlob[]> {
  const listed: ListedBlob[] = [];
  for (const prefix of prefixes) {
    let room = MAX_NAMES;
    let marker: string | undefined;
    do {
      const { blobs, next } = await container.list(prefix, marker, signal);
      listed.push(...blobs.slice(0, room));
      room -= blobs.length;
      marker = next;
    } while (marker !== undefined && room > 0);
  }
  return listed.sort((one, other) => other.changedAtMs - one.changedAtMs).slice(0, limits.blobs);
}

async function download(
  container: BlobContainer,
  { name, bytes }: ListedBlob,
  offset: number,
  signal: AbortSignal,
): Promise<FeedbackBlob> {
  try {
    return { kind: 'blob', bytes: await container.getBytes(name, { offset, count: bytes - offset }, signal) };
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
