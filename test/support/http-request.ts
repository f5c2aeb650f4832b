import { HttpRequest, type HttpRequestInit, type HttpResponseInit } from '@azure/functions';

/** A request as Azure Functions would hand it over. */
export function httpRequest(method: string, init: Omit<HttpRequestInit, 'method'> = {}): HttpRequest {
  return new HttpRequest({ method, url: 'http://127.0.0.1/api/test', ...init });
}

/** A request for the device API. */
export function deviceRequest(
  method: string,
  params: Record<string, string>,
  body?: unknown,
  headers: Record<string, string> = {},
): HttpRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return httpRequest(method, { params, headers, ...(body === undefined ? {} : { body: { string: text } }) });
}

/** Everything an answer would put on the wire, as one text to search in. */
export function wireText(answer: HttpResponseInit): string {
  return JSON.stringify([answer.status, answer.headers, answer.jsonBody, answer.body]);
}
