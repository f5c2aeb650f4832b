import type { IncomingMessage } from 'node:http';
import type { RpcHttpData, RpcNullable } from './rpc.ts';

type NullableMap = Record<string, RpcNullable<string>>;

/**
 * Turns a request into what the host sends to the worker: absolute URL, header names in lower case, several values of a
 * header joined by a comma, parameters and query as maps whose values may be empty, body as bytes (the worker asks for
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
