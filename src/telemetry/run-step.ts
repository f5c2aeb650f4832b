import {
  type Context,
  context,
  diag,
  type Link,
  type Span,
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
 * where no context manager is set up; where one is, what runs inside a step finds the step's span active. A span that is
 * not recorded costs its steps nothing: they run under {@link noTrace}.
 *
 * @param linkOf the span that caused this one in another trace; asked only when this one is recorded
 */
export async function runStep<Value>(
  tracer: Tracer,
  parent: Context,
  step: Step<Value>,
  work: (inner: TraceScope) => Promise<Value>,
  linkOf?: () => Link | undefined,
): Promise<Value> {
  const span = tracer.startSpan(step.name, step.kind === undefined ? undefined : { kind: step.kind }, parent);
  if (!span.isRecording()) return work(noTrace);
  const link = linkOf?.();
  if (link !== undefined) span.addLink(link);
  const here = trace.setSpan(parent, span);
  const inner: TraceScope = { run: (next, nextWork) => runStep(tracer, here, next, nextWork) };
  try {
    const value = await context.with(here, () => work(inner));
    tell(span, () => step.describe(value));
    return value;
  } catch (error) {
    tell(span, () => ({
      attributes: step.describeFailure?.(error) ?? {},
      failed: failureCode(error),
    }));
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
