import type { IncomingMessage } from 'node:http';
import type { RpcInvocationRequest } from './rpc.ts';

/** The W3C trace context that came with a request, handed on to the functions it runs. */
export function traceContextOf(request: IncomingMessage): RpcInvocationRequest['traceContext'] {
  const { traceparent, tracestate } = request.headers;
  return {
    ...(typeof traceparent === 'string' ? { traceParent: traceparent } : {}),
    ...(typeof tracestate === 'string' ? { traceState: tracestate } : {}),
  };
}
