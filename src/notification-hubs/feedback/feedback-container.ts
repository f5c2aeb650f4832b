import type { HubSettings } from '../../config/relay-config.ts';
import { isLoopbackHost } from '../../shared/loopback.ts';
import { dayMs } from '../../shared/time.ts';
import type { BlobContainer, ListedBlob } from '../../storage/blob-container.ts';
import { classifyResponse } from '../classify-response.ts';
import { createBodyCollector, errorReason } from '../transports/exchange.ts';
import type { HubResponse } from '../transports/hub-transport.ts';

/** Why a hub returned no feedback. This says nothing about any device. */
export type FeedbackRefusal =
  /** The tier has no feedback: only Standard has it. Nothing is wrong. */
  | { readonly kind: 'not-offered'; readonly status: number }
  | { readonly kind: 'throttled'; readonly status: number }
  /** No answer, or 408/5xx, or the container did not answer. The next run may succeed. */
  | { readonly kind: 'unavailable'; readonly detail: string }
  /** The hub, its key or its name is wrong, or its answer is not the address of a container. */
  | { readonly kind: 'misconfigured'; readonly detail: string };

interface FeedbackRequest {
  readonly hub: HubSettings;
  /** Value of the `Authorization` header. */
  readonly authorization: string;
  readonly nowMs: number;
  /** Longest time until the answer was read, above 0. */
  readonly timeoutMs: number;
}

/** Where the feedback is. The URL is a secret: it contains its own signature. */
interface FeedbackContainer {
  readonly kind: 'container';
  readonly url: string;
}

/**
 * Asks a hub where its feedback is: one GET that follows no redirect and never throws.
 *
 * Source: "Get Platform Notification Services (PNS) feedback" in the Notification Hubs REST reference: 200 with the URL
 * as text, 401 for a wrong key, 403 for a tier below Standard. 403 with `Retry-After` is throttling, as for a push. A hub
 * without feedback, such as an emulator, answers 501.
 */
export async function askFeedbackContainer(
  request: FeedbackRequest,
): Promise<FeedbackContainer | FeedbackRefusal> {
  const { connection, hubName } = request.hub;
  const response = await get(
    `${connection.endpoint}/${encodeURIComponent(hubName)}/feedbackcontainer?api-version=2015-01`,
    request,
  );
  if (response.kind === 'unavailable') return response;
  const { status, headers } = response;
  if (status === 501 || (status === 403 && headers['retry-after'] === undefined)) {
    return { kind: 'not-offered', status };
  }
  if (status === 200) {
    const url = parseContainerUrl(response.body, connection.endpoint.startsWith('http:'));
    if (url !== undefined) return { kind: 'container', url };
    return {
      kind: 'misconfigured',
      detail: 'HTTP 200, but the answer is not the address of a blob container',
    };
  }
  const outcome = classifyResponse(response, {
    nowMs: request.nowMs,
    secrets: [connection.key, request.authorization],
  });
  if (outcome.kind === 'throttled') return { kind: 'throttled', status };
  const detail = 'detail' in outcome ? outcome.detail : `HTTP ${status}`;
  return { kind: outcome.kind === 'unavailable' ? 'unavailable' : 'misconfigured', detail };
}

const maxBodyBytes = 16 * 1024;

type FeedbackAnswer = HubResponse | Extract<FeedbackRefusal, { readonly kind: 'unavailable' }>;

async function get(url: string, { authorization, timeoutMs }: FeedbackRequest): Promise<FeedbackAnswer> {
  try {
    const response = await fetch(url, {
      headers: { authorization, 'content-type': 'application/xml;type=entry;charset=utf-8' },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = createBodyCollector(maxBodyBytes);
    // The break ends the connection.
    for await (const chunk of response.body ?? []) if (!body.add(chunk)) break;
    const { status } = response;
    return { kind: 'response', status, headers: Object.fromEntries(response.headers), body: body.text() };
  } catch (error) {
    return { kind: 'unavailable', detail: `no answer (${reasonOf(error)})` };
  }
}

/** `fetch` wraps the socket's error in one of its own, and a timeout has a name but no code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return errorReason(error);
  return error.name === 'TimeoutError' ? 'TIMEOUT' : errorReason(error.cause);
}

const maxUrlLength = 4096;

/** Public Azure, Azure Government, Azure operated by 21Vianet. */
const blobHost = /^[a-z0-9]{3,24}\.blob\.core\.(?:windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/;

/**
 * Checks the address of the feedback container before any request follows it. Only an Azure blob container over https with
 * a signature passes; for a hub on this machine also one on this machine, where Azurite puts the account into the path.
 * An address of any other kind in the hub's answer (a metadata service, a host inside the network) is never requested.
 *
 * @param text the answer of the hub: the address as plain text.
 * @returns the address, or undefined. It is a secret: it grants access to the feedback.
 */
export function parseContainerUrl(text: string, hubIsLocal: boolean): string | undefined {
  const address = text.trim();
  if (address.length > maxUrlLength || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return undefined;
  if (!url.searchParams.has('sig')) return undefined;
  const isAzure =
    url.protocol === 'https:' &&
    url.port === '' &&
    blobHost.test(url.hostname) &&
    /^\/[a-z0-9$-]{1,63}\/?$/.test(url.pathname);
  const isLocal =
    hubIsLocal &&
    url.protocol === 'http:' &&
    isLoopbackHost(url.hostname) &&
    /^(?:\/[a-z0-9$-]{1,63}){1,2}\/?$/.test(url.pathname);
  return isAzure || isLocal ? url.href : undefined;
}

/**
 * The name prefixes of the blobs of the last days: `MMDDYYYY` in UTC, today first. Source: "Get Platform Notification Services
 * (PNS) feedback" in the Notification Hubs REST reference.
 */
export function feedbackBlobPrefixes(nowMs: number, days: number): readonly string[] {
  return Array.from({ length: days }, (_, ago) => {
    const [year = '', month = '', day = ''] = new Date(nowMs - ago * dayMs)
      .toISOString()
      .slice(0, 10)
      .split('-');
    return `${month}${day}${year}`;
  });
}

export interface FeedbackLimits {
  /** Most blobs that one read downloads. */
  readonly blobs: number;
  readonly bytesPerBlob: number;
  /** Of all blobs together. */
  readonly bytes: number;
}

interface FeedbackBlobsRequest {
  /** Address of the container with its signature, checked. */
  readonly url: string;
  /** Prefixes of the names of the blobs. */
  readonly prefixes: readonly string[];
  readonly limits: FeedbackLimits;
  /** Ends every request. */
  readonly signal: AbortSignal;
}

/** The bytes of one blob, or why the download failed. */
type FeedbackBlob =
  | { readonly kind: 'blob'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly detail: string };

/**
 * Downloads the feedback blobs of a container within the limits, the latest change first. From a blob that is too long it
 * takes the end: the hub appends feedback, so earlier runs have read the beginning. A blob that fails does not stop the
 * others. A container that does not exist has no blobs.
 */
export async function* readFeedbackBlobs(
  request: FeedbackBlobsRequest,
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

/** Of each prefix. */
const maxNames = 1000;

async function listBlobs(
  container: BlobContainer,
  { prefixes, limits, signal }: FeedbackBlobsRequest,
): Promise<readonly ListedBlob[]> {
  const listed: ListedBlob[] = [];
  for (const prefix of prefixes) {
    let room = maxNames;
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

/** Only the status or the socket code: the SDK's error contains the address, and so the signature. */
function describe(error: unknown): string {
  if (error instanceof Error && error.name === 'AbortError') return 'TIMEOUT';
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    return `HTTP ${error.statusCode}`;
  }
  return errorReason(error);
}
