import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RpcHttpCookie, RpcHttpData, RpcInvocationRequest, RpcNullable, RpcTypedData } from './rpc.ts';

/** A complete HTTP response as plain data. */
export interface HostAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export function sendHostAnswer(response: ServerResponse, answer: HostAnswer): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  response.end(answer.body);
}

/** The W3C trace context of a request. */
export function traceContextOf(request: IncomingMessage): RpcInvocationRequest['traceContext'] {
  const { traceparent, tracestate } = request.headers;
  return {
    ...(typeof traceparent === 'string' ? { traceParent: traceparent } : {}),
    ...(typeof tracestate === 'string' ? { traceState: tracestate } : {}),
  };
}

type NullableMap = Record<string, RpcNullable<string>>;

/**
 * Converts a request to what the host sends to the worker: absolute URL, header names in lower case, repeated headers
 * joined by commas, parameters and query as maps with optional values, body as bytes (the worker requests
 * `RawHttpBodyBytes`). As in Azure, a body without a Content-Length is dropped (azure-functions-host issue 7930).
 */
export function toRpcHttpRequest(
  request: IncomingMessage,
  url: URL,
  parameters: Readonly<Record<string, string>>,
  body: Uint8Array,
): RpcHttpData {
  const hasLength = request.headers['content-length'] !== undefined;
  const query: NullableMap = {};
  for (const name of new Set(url.searchParams.keys())) {
    query[name] = { value: url.searchParams.getAll(name).join(',') };
  }
  const headers: NullableMap = {};
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    headers[name] = { value: values?.join(',') ?? '' };
  }
  const nullableParams: NullableMap = {};
  for (const [name, value] of Object.entries(parameters)) nullableParams[name] = { value };
  return {
    method: request.method ?? 'GET',
    url: url.href,
    nullableHeaders: headers,
    nullableParams,
    nullableQuery: query,
    ...(body.length > 0 && hasLength ? { body: { bytes: body } } : {}),
  };
}

/** Converts the return value of an HTTP function to a response: 204 when it returned nothing, as in Azure. */
export function fromRpcHttpResponse(returned: RpcTypedData | null | undefined): HostAnswer {
  const http = returned?.http;
  if (http === null || http === undefined) return { status: 204 };
  const cookies = (http.cookies ?? []).map(serializeCookie);
  return {
    status: Number(http.statusCode ?? '200'),
    headers: { ...http.headers, ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}) },
    body: toBytes(http.body),
  };
}

const sameSiteNames = { lax: 'lax', strict: 'strict', explicitNone: 'none' } as const;

/** Formats a `Set-Cookie` value with the attributes in the order and case of ASP.NET Core. */
export function serializeCookie(cookie: RpcHttpCookie): string {
  const parts = [`${cookie.name ?? ''}=${encodeURIComponent(cookie.value ?? '')}`];
  const expiresSeconds = cookie.expires?.value?.seconds;
  if (expiresSeconds !== undefined) parts.push(`expires=${new Date(expiresSeconds * 1000).toUTCString()}`);
  if (cookie.maxAge?.value !== undefined) parts.push(`max-age=${cookie.maxAge.value}`);
  if (cookie.domain?.value !== undefined) parts.push(`domain=${cookie.domain.value}`);
  parts.push(`path=${cookie.path?.value ?? '/'}`);
  if (cookie.secure?.value === true) parts.push('secure');
  if (cookie.sameSite !== undefined && cookie.sameSite !== 'none') {
    parts.push(`samesite=${sameSiteNames[cookie.sameSite]}`);
  }
  if (cookie.httpOnly?.value === true) parts.push('httponly');
  return parts.join('; ');
}

function toBytes(data: RpcTypedData | null | undefined): Uint8Array {
  if (data?.bytes) return data.bytes;
  return Buffer.from(data?.string ?? data?.json ?? '');
}
