import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpMethods,
  type PipelinePolicy,
  type PipelineResponse,
  RestError,
} from '@azure/core-rest-pipeline';
import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';

/**
 * The requests to one blob container that the relay needs. Each method makes one HTTP request without retries, which ends
 * with its signal. Every failure throws the `RestError` of `@azure/core-rest-pipeline` with `statusCode` and `code`, or
 * its `AbortError`.
 */
export interface BlobContainer {
  /** Creates the container; does nothing when it exists. */
  readonly create: (signal: AbortSignal) => Promise<void>;
  /** Writes a JSON text, and overwrites an existing one. */
  readonly put: (name: string, text: string, signal: AbortSignal) => Promise<void>;
  readonly getText: (name: string, signal: AbortSignal) => Promise<string>;
  /** The bytes of a blob from `range.offset` on, at most `range.count`. */
  readonly getBytes: (name: string, range: ByteRange, signal: AbortSignal) => Promise<Uint8Array>;
  /** Blobs whose names begin with `prefix`: the first page without a marker. */
  readonly list: (prefix: string, marker: string | undefined, signal: AbortSignal) => Promise<BlobPage>;
  readonly remove: (name: string, signal: AbortSignal) => Promise<void>;
}

interface ByteRange {
  readonly offset: number;
  /** At least 1. */
  readonly count: number;
}

/** One page of a listing, in order of the names. */
export interface BlobPage {
  readonly blobs: readonly ListedBlob[];
  /** Marker of the next page; absent on the last. */
  readonly next?: string;
}

export interface ListedBlob {
  readonly name: string;
  readonly bytes: number;
  readonly changedAtMs: number;
}

/** Of the Blob service. Since 2021 its lists encode names that XML cannot contain ("List Blobs"). */
const apiVersion = '2023-11-03';

interface BlobRequest {
  readonly path?: string;
  readonly query?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Statuses of success. */
  readonly expected: readonly number[];
  /** The body is returned as a stream of bytes instead of a text. */
  readonly asStream?: boolean;
}

/**
 * A {@link BlobContainer} over the HTTP pipeline that the Azure SDKs share (proxies, TLS, keep-alive).
 *
 * @param address URL of the container, with its shared access signature if it has one. Only an http:// address is used
 *   without TLS.
 * @param signIn adds the authorization to each request; not needed with a shared access signature.
 */
export function createBlobContainer(address: string, signIn?: PipelinePolicy): BlobContainer {
  const [base = '', signature] = address.split('?', 2);
  const client = createDefaultHttpClient();
  const pipeline = createPipelineFromOptions({
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
  });
  if (signIn !== undefined) pipeline.addPolicy(signIn, { phase: 'Sign' });

  const send = async (method: HttpMethods, request: BlobRequest): Promise<PipelineResponse> => {
    const { path = '', query = [], headers = {}, body, signal, expected, asStream = false } = request;
    const search = [...query, ...(signature === undefined ? [] : [signature])].join('&');
    const response = await pipeline.sendRequest(
      client,
      createPipelineRequest({
        method,
        url: `${base.replace(/\/$/, '')}${path}${search === '' ? '' : `?${search}`}`,
        headers: createHttpHeaders({ ...headers, 'x-ms-version': apiVersion }),
        ...(body === undefined ? {} : { body }),
        abortSignal: signal,
        allowInsecureConnection: /^http:/i.test(base),
        streamResponseStatusCodes: new Set(asStream ? expected : []),
      }),
    );
    if (expected.includes(response.status)) return response;
    const code = response.headers.get('x-ms-error-code');
    throw new RestError(`The Blob service returned ${response.status}.`, {
      statusCode: response.status,
      ...(code === undefined ? {} : { code }),
    });
  };

  return {
    create: async (signal) => {
      // 409 when it exists. It is also 409 while a container of this name is being deleted; then the next write fails.
      await send('PUT', { query: ['restype=container'], signal, expected: [201, 409] });
    },
    put: async (name, text, signal) => {
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(text)),
        'x-ms-blob-type': 'BlockBlob',
      };
      await send('PUT', { path: blobPath(name), headers, body: text, signal, expected: [201] });
    },
    getText: async (name, signal) => {
      const { bodyAsText } = await send('GET', { path: blobPath(name), signal, expected: [200] });
      // A byte order mark is not part of the text.
      return bodyAsText?.replace(/^\uFEFF/, '') ?? '';
    },
    getBytes: async (name, { offset, count }, signal) => {
      const { readableStreamBody } = await send('GET', {
        path: blobPath(name),
        headers: { 'x-ms-range': `bytes=${offset}-${offset + count - 1}` },
        signal,
        expected: [200, 206],
        asStream: true,
      });
      return buffer(readableStreamBody ?? Readable.from([]));
    },
    list: async (prefix, marker, signal) => {
      const query = ['restype=container', 'comp=list'];
      // Azure would compute another signature for a parameter without a value.
      if (prefix !== '') query.push(`prefix=${encodeURIComponent(prefix)}`);
      if (marker !== undefined) query.push(`marker=${encodeURIComponent(marker)}`);
      const { bodyAsText } = await send('GET', { query, signal, expected: [200] });
      return readBlobPage(bodyAsText ?? '');
    },
    remove: async (name, signal) => {
      await send('DELETE', { path: blobPath(name), signal, expected: [202] });
    },
  };
}

/** Keeps the slashes of a name: they make its folders. */
function blobPath(name: string): string {
  return `/${encodeURIComponent(name).replaceAll('%2F', '/')}`;
}

// Names and markers are texts, even when they look like numbers.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  isArray: (name) => name === 'Blob',
});

const pageSchema = z.object({
  EnumerationResults: z.object({
    Blobs: z.union([
      z.object({
        Blob: z.array(
          z.object({
            Name: z.union([z.string(), z.object({ '#text': z.string(), Encoded: z.literal('true') })]),
            Properties: z.object({ 'Content-Length': z.string(), 'Last-Modified': z.string() }),
          }),
        ),
      }),
      z.string(),
    ]),
    NextMarker: z.optional(z.string()),
  }),
});

/**
 * Reads the response of "List Blobs" (Blob service REST API). A name that XML cannot contain is percent-encoded and
 * marked as such.
 *
 * @throws ZodError, or the parser's error, for any other text.
 */
export function readBlobPage(xml: string): BlobPage {
  const { Blobs, NextMarker } = pageSchema.parse(parser.parse(xml)).EnumerationResults;
  const blobs = typeof Blobs === 'string' ? [] : Blobs.Blob;
  return {
    blobs: blobs.map(({ Name, Properties }) => ({
      name: typeof Name === 'string' ? Name : decodeURIComponent(Name['#text']),
      bytes: Number(Properties['Content-Length']),
      changedAtMs: Date.parse(Properties['Last-Modified']),
    })),
    ...(NextMarker === undefined || NextMarker === '' ? {} : { next: NextMarker }),
  };
}
