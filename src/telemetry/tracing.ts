import {
  type Attributes,
  type Context,
  context,
  createTraceState,
  diag,
  isSpanContextValid,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import * as z from 'zod/mini';
import { failureCode } from './logger.ts';

/** What a span carries once its step is done. */
export interface SpanFacts {
  readonly attributes: Attributes;
  /** Why the step failed, as a short code without secrets; absent: it did not. */
  readonly failed?: string;
}

/** One step of the work on an event, and how it is traced. The functions are called only when somebody records. */
export interface SpanSpec<Value> {
  /** The span's name. */
  readonly name: string;
  /** Default: internal. */
  readonly kind?: SpanKind;
  /** What is known before the work. */
  readonly begin?: () => Attributes;
  /** What is known when the step ended with this value. */
  readonly end: (value: Value) => SpanFacts;
  /** What is known when it threw. */
  readonly fail?: (error: unknown) => Attributes;
}

/** The place in a trace that the next step belongs to. */
export interface TraceScope {
  /**
   * Does the work of a step inside a span of its own, and gives the scope for the steps inside it. Answers and throws
   * what the work does.
   */
  readonly run: <Value>(step: SpanSpec<Value>, work: (inner: TraceScope) => Promise<Value>) => Promise<Value>;
}

/** The scope when nobody records: the work is done, and nothing else. */
export const noTrace: TraceScope = { run: (_step, work) => work(noTrace) };

const traced = z.object({ traceparent: z.string(), tracestate: z.catch(z.optional(z.string()), undefined) });

// Version 00 has these four parts and nothing behind them; later versions may have more ("Trace Context", W3C).
const form = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.{0,200})?$/;

/**
 * Runs a step as a span under `parent`. The parent goes from step to step by hand, so that spans are nested rightly even
 * where no context manager is set up; where one is, what runs inside a step finds the step's span active. The steps
 * inside a span that is not recorded run under {@link noTrace}.
 *
 * @param links spans of other traces that caused this one
 */
export async function runSpan<Value>(
  tracer: Tracer,
  parent: Context,
  step: SpanSpec<Value>,
  work: (inner: TraceScope) => Promise<Value>,
  links: Link[] = [],
): Promise<Value> {
  const { name, kind = SpanKind.INTERNAL, begin } = step;
  const span = tracer.startSpan(name, { kind, attributes: begin?.() ?? {}, links }, parent);
  if (!span.isRecording()) return work(noTrace);
  const here = trace.setSpan(parent, span);
  const inner: TraceScope = { run: (next, nextWork) => runSpan(tracer, here, next, nextWork) };
  try {
    const value = await context.with(here, () => work(inner));
    tell(span, () => step.end(value));
    return value;
  } catch (error) {
    tell(span, () => ({ attributes: step.fail?.(error) ?? {}, failed: failureCode(error) }));
    throw error;
  } finally {
    span.end();
  }
}

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

// A fault in what is told about a step must never become a fault of the step.
function tell(span: Span, facts: () => SpanFacts): void {
  try {
    const { attributes, failed } = facts();
    span.setAttributes(attributes);
    if (failed !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failed });
  } catch (error) {
    diag.error('A span of the relay could not be described', error);
  }
}
