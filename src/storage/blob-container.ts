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

/** One blob of a listing. */
export interface ListedBlob {
  readonly name: string;
  readonly bytes: number;
  readonly changedAtMs: number;
}

/** Some blobs of a listing, in order. */
export interface BlobPage {
  readonly blobs: readonly ListedBlob[];
  /** Marker of the next page; absent on the last. */
  readonly next?: string;
}

/**
 * The requests to one blob container that the relay makes. Each method is one HTTP request, never sent again, that
 * ends with its signal. What Azure refuses, and what goes wrong on the way, throws the `RestError` of
 * `@azure/core-rest-pipeline` with `statusCode` and `code`, or its `AbortError`.
 */
export interface BlobContainer {
  /** Creates the container; does nothing when it is there. */
  readonly create: (signal: AbortSignal) => Promise<void>;
  /** Writes a JSON text, whatever stood there. */
  readonly put: (name: string, text: string, signal: AbortSignal) => Promise<void>;
  readonly getText: (name: string, signal: AbortSignal) => Promise<string>;
  /** The bytes of a blob from `range.offset` on, `range.count` at most. */
  readonly getBytes: (name: string, range: ByteRange, signal: AbortSignal) => Promise<Uint8Array>;
  /** Blobs whose names begin with `prefix`: the first page without a marker. */
  readonly list: (prefix: string, marker: string | undefined, signal: AbortSignal) => Promise<BlobPage>;
  readonly remove: (name: string, signal: AbortSignal) => Promise<void>;
}

/** Part of a blob. */
interface ByteRange {
  readonly offset: number;
  /** At least 1. */
  readonly count: number;
}

// Names and markers are texts, whatever they look like.
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

/** Of the Blob service: the first year whose lists tell names that XML cannot carry ("List Blobs") is 2021. */
const apiVersion = '2023-11-03';

/**
 * Reads the answer to "List Blobs" (Blob service REST API). A name that XML cannot carry comes percent-encoded, and
 * says so.
 *
 * @throws ZodError, or the parser's error, for what is no such answer
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

interface Asked {
  readonly path?: string;
  readonly query?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Statuses that mean "done". */
  readonly expected: readonly number[];
  /** The body comes as a stream of bytes instead of a text. */
  readonly asStream?: boolean;
}

/**
 * A {@link BlobContainer} over the HTTP pipeline that the Azure SDKs share (proxies, TLS, keep-alive).
 *
 * @param address URL of the container, with its signature where it is a shared access signature. Only an address with
 *   http:// is spoken to without TLS.
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

  const send = async (method: HttpMethods, asked: Asked): Promise<PipelineResponse> => {
    const { path = '', query = [], headers = {}, body, signal, expected, asStream = false } = asked;
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
    throw new RestError(`The Blob service answered ${response.status}.`, {
      statusCode: response.status,
      ...(code === undefined ? {} : { code }),
    });
  };

  return {
    create: async (signal) => {
      // 409 when it exists. While a container of this name is being deleted that too is 409, and the next write fails.
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
      // A byte order mark is no part of a text.
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
      // A parameter without a value would not be signed as Azure reads it.
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

/** Slashes in a name are kept: they are what makes folders of names. */
function blobPath(name: string): string {
  return `/${encodeURIComponent(name).replaceAll('%2F', '/')}`;
}
