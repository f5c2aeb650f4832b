import { context, type Link, ProxyTracerProvider, trace } from '@opentelemetry/api';
import { createRelayMetrics, instrumentationName, noMetrics, type RelayMetrics } from './metrics.ts';
import { createReference, type Reference } from './references.ts';
import { noTrace, runSpan, type SpanSpec, type TraceScope } from './tracing.ts';

/** What the relay reports besides its log lines. */
export interface Telemetry {
  /**
   * Runs the work on one event in a span: a child of the active span, linked to the span that caused the event.
   *
   * @param linkOf called only when tracing is on
   */
  readonly trace: <Value>(
    step: SpanSpec<Value>,
    linkOf: () => Link | undefined,
    work: (inner: TraceScope) => Promise<Value>,
  ) => Promise<Value>;
  readonly metrics: RelayMetrics;
  /** Names calls, messages and devices; absent without telemetry. */
  readonly reference?: Reference;
}

/** Telemetry that does nothing, such as for a replay. */
export const noTelemetry: Telemetry = { trace: (_step, _linkOf, work) => work(noTrace), metrics: noMetrics };

/**
 * Telemetry through the OpenTelemetry API, for the providers that the process has registered. Without a tracer provider
 * no span, link or attribute is created; without a meter provider at the time of this call nothing is counted.
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

/** True when a tracer provider is registered, through this copy of the OpenTelemetry API or another. */
export function isTracing(): boolean {
  const provider = trace.getTracerProvider();
  if (!(provider instanceof ProxyTracerProvider)) return true;
  return provider.getDelegateTracer(instrumentationName) !== undefined;
}
