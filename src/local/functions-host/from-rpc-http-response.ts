import type { HostAnswer } from './host-answer.ts';
import type { RpcTypedData } from './rpc.ts';
import { serializeCookie } from './serialize-cookie.ts';

/** Turns what an HTTP function returned into an answer. A function that returned nothing answers 204, as in Azure. */
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

function toBytes(data: RpcTypedData | null | undefined): Uint8Array {
  if (data?.bytes) return data.bytes;
  return Buffer.from(data?.string ?? data?.json ?? '');
}
