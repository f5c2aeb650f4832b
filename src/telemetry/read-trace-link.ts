import { createTraceState, isSpanContextValid, type Link } from '@opentelemetry/api';
import * as z from 'zod/mini';

const traced = z.object({ traceparent: z.string(), tracestate: z.catch(z.optional(z.string()), undefined) });

// Version 00 has these four parts and nothing behind them; later versions may have more ("Trace Context", W3C).
const form = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.{0,200})?$/;

/**
 * The span that caused an event, from the CloudEvents attributes `traceparent` and `tracestate` ("CloudEvents Distributed
 * Tracing extension").
 *
 * @param value the event as received
 * @returns undefined where there is none or it is not valid
 */
export function readTraceLink(value: unknown): Link | undefined {
  const parsed = traced.safeParse(value);
  if (!parsed.success) return undefined;
  const { traceparent, tracestate } = parsed.data;
  const [text = '', version, traceId = '', spanId = '', flags = ''] = form.exec(traceparent) ?? [];
  if (version === '00' && text.length !== 55) return undefined;
  const context = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(tracestate === undefined ? {} : { traceState: createTraceState(tracestate) }),
  };
  return isSpanContextValid(context) ? { context } : undefined;
}
