import {
  type Context,
  context,
  diag,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { failureCode } from './failure-code.ts';
import { noTrace } from './no-trace.ts';
import type { SpanFacts, Step } from './step.ts';
import type { TraceScope } from './trace-scope.ts';

/**
 * Runs a step as a span under `parent`. The parent goes from step to step by hand, so that spans are nested rightly even
 * where no context manager is set up; where one is, what runs inside a step finds the step's span active. The steps
 * inside a span that is not recorded run under {@link noTrace}.
 *
 * @param links spans of other traces that caused this one
 */
export async function runStep<Value>(
  tracer: Tracer,
  parent: Context,
  step: Step<Value>,
  work: (inner: TraceScope) => Promise<Value>,
  links: Link[] = [],
): Promise<Value> {
  const { name, kind = SpanKind.INTERNAL, begin } = step;
  const span = tracer.startSpan(name, { kind, attributes: begin?.() ?? {}, links }, parent);
  if (!span.isRecording()) return work(noTrace);
  const here = trace.setSpan(parent, span);
  const inner: TraceScope = { run: (next, nextWork) => runStep(tracer, here, next, nextWork) };
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
