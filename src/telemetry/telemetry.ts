import { context, type Link, ProxyTracerProvider, trace } from '@opentelemetry/api';
import { createRelayMetrics, instrumentationName, noMetrics, type RelayMetrics } from './metrics.ts';
import { createReference, type Reference } from './references.ts';
import { noTrace, runSpan, type SpanSpec, type TraceScope } from './tracing.ts';

/** How the relay tells what it does, beside its log lines. */
export interface Telemetry {
  /**
   * Does the work on one event as a span: a child of what is active, linked to the span that caused the event.
   *
   * @param linkOf asked only when somebody traces
   */
  readonly trace: <Value>(
    step: SpanSpec<Value>,
    linkOf: () => Link | undefined,
    work: (inner: TraceScope) => Promise<Value>,
  ) => Promise<Value>;
  readonly metrics: RelayMetrics;
  /** Names calls, messages and devices; absent where nobody reads what is told. */
  readonly reference?: Reference;
}

/** Telemetry for those who read none, such as a replay. */
export const noTelemetry: Telemetry = { trace: (_step, _linkOf, work) => work(noTrace), metrics: noMetrics };

/** True when somebody registered a tracer provider, by this copy of the OpenTelemetry API or by another. */
export function isTracing(): boolean {
  const provider = trace.getTracerProvider();
  if (!(provider instanceof ProxyTracerProvider)) return true;
  return provider.getDelegateTracer(instrumentationName) !== undefined;
}

/**
 * Telemetry by the OpenTelemetry API: whatever providers the process has registered get it. Without a tracer provider no
 * span, link or attribute is made; without a meter provider at this moment nothing is counted.
 *
 * @param key any secret that all instances share, for references
 */
export function createTelemetry(key: string): Telemetry {
  return {
    trace: (step, linkOf, work) => {
      if (!isTracing()) return work(noTrace);
      const link = linkOf();
      const links = link === undefined ? [] : [link];
      return runSpan(trace.getTracer(instrumentationName), context.active(), step, work, links);
    },
    metrics: createRelayMetrics(),
    reference: createReference(key),
  };
}
