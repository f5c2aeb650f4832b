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

/** What a span carries once its step has ended. */
export interface SpanFacts {
  readonly attributes: Attributes;
  /** Why the step failed, as a short code without secrets; absent when it did not fail. */
  readonly failed?: string;
}

/** How one step of the work on an event is traced. The functions are called only when tracing is on. */
export interface SpanSpec<Value> {
  readonly name: string;
  /** Default: internal. */
  readonly kind?: SpanKind;
  /** Attributes known before the work. */
  readonly begin?: () => Attributes;
  /** Called with the value that the work returned. */
  readonly end: (value: Value) => SpanFacts;
  /** Attributes when the work threw. */
  readonly fail?: (error: unknown) => Attributes;
}

/** The position in a trace that the next step belongs to. */
export interface TraceScope {
  /**
   * Runs the work of a step in a span of its own, with the scope for the steps inside it. Returns or throws what the work
   * does.
   */
  readonly run: <Value>(spec: SpanSpec<Value>, work: (inner: TraceScope) => Promise<Value>) => Promise<Value>;
}

/** A scope without spans: it only runs the work. */
export const noTrace: TraceScope = { run: (_spec, work) => work(noTrace) };

/**
 * Runs a step as a span under `parent`. The parent is passed from step to step explicitly, so that spans nest correctly
 * even without a context manager; with one, the step's span is active inside the step. The steps inside a span that is
 * not recorded run under {@link noTrace}.
 *
 * @param links spans of other traces that caused this one
 */
export async function runSpan<Value>(
  tracer: Tracer,
  parent: Context,
  spec: SpanSpec<Value>,
  work: (inner: TraceScope) => Promise<Value>,
  links: Link[] = [],
): Promise<Value> {
  const { name, kind = SpanKind.INTERNAL, begin } = spec;
  const span = tracer.startSpan(name, { kind, attributes: begin?.() ?? {}, links }, parent);
  if (!span.isRecording()) return work(noTrace);
  const here = trace.setSpan(parent, span);
  const inner: TraceScope = { run: (next, nextWork) => runSpan(tracer, here, next, nextWork) };
  try {
    const value = await context.with(here, () => work(inner));
    describe(span, () => spec.end(value));
    return value;
  } catch (error) {
    describe(span, () => ({ attributes: spec.fail?.(error) ?? {}, failed: failureCode(error) }));
    throw error;
  } finally {
    span.end();
  }
}

// An error while describing a step must never fail the step.
function describe(span: Span, facts: () => SpanFacts): void {
  try {
    const { attributes, failed } = facts();
    span.setAttributes(attributes);
    if (failed !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failed });
  } catch (error) {
    diag.error('The attributes of a relay span could not be set', error);
  }
}

const cloudEvent = z.object({
  traceparent: z.string(),
  tracestate: z.catch(z.optional(z.string()), undefined),
});

// Version 00 has exactly these four parts; later versions may have more ("Trace Context", W3C).
const traceparentForm = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.{0,200})?$/;

/**
 * Reads the span that caused an event from the CloudEvents attributes `traceparent` and `tracestate` ("CloudEvents
 * Distributed Tracing extension").
 *
 * @param value the event as received
 * @returns undefined when there is none or it is not valid
 */
export function readTraceLink(value: unknown): Link | undefined {
  const parsed = cloudEvent.safeParse(value);
  if (!parsed.success) return undefined;
  const { traceparent, tracestate } = parsed.data;
  const [text = '', version, traceId = '', spanId = '', flags = ''] = traceparentForm.exec(traceparent) ?? [];
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
