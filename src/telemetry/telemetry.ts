import { context, createNoopMeter, type Link, metrics, ProxyTracerProvider, trace } from '@opentelemetry/api';
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
    spec: SpanSpec<Value>,
    linkOf: () => Link | undefined,
    work: (inner: TraceScope) => Promise<Value>,
  ) => Promise<Value>;
  readonly metrics: RelayMetrics;
  /** Names calls, messages and devices; absent without telemetry. */
  readonly reference?: Reference;
}

/**
 * What the relay counts. Every label has a closed set of values: of an event, only its known type becomes a label.
 * Labels are separate arguments, so that no object is built when metrics are not collected.
 */
interface RelayMetrics {
  readonly eventEnded: (type: string, end: string) => void;
  readonly pushEnded: (platform: string, kind: string, outcome: string) => void;
  /** HTTP requests to a hub beyond the first of a push. */
  readonly retried: (count: number, platform: string, kind: string) => void;
  /** A ring was sent without the ledger. */
  readonly degraded: () => void;
  readonly deadLettered: (reason: string) => void;
  /** Milliseconds from the time of the event to the hub's acceptance of one ring. */
  readonly rang: (latencyMs: number) => void;
}

/** The name of the relay's tracer and of its meter. */
const instrumentationName = 'acs-notification-relay';

/** Metrics that are not collected. */
export const noMetrics: RelayMetrics = {
  eventEnded: nothing,
  pushEnded: nothing,
  retried: nothing,
  degraded: nothing,
  deadLettered: nothing,
  rang: nothing,
};

/** Bounds of the ring latency in seconds: dense where rings should be, and up to where ACS stops ringing. */
const ringBuckets = [0.1, 0.25, 0.5, 1, 1.5, 2, 3, 5, 7.5, 10, 15, 20, 25, 30];

/** Telemetry that does nothing, such as for a replay. */
export const noTelemetry: Telemetry = { trace: (_spec, _linkOf, work) => work(noTrace), metrics: noMetrics };

/**
 * Telemetry through the OpenTelemetry API, for the providers that the process has registered. Without a tracer provider
 * no span, link or attribute is created; without a meter provider at the time of this call nothing is counted.
 *
 * @param key any secret that all instances share, for references
 */
export function createTelemetry(key: string): Telemetry {
  return {
    trace: (spec, linkOf, work) => {
      if (!isTracing()) return work(noTrace);
      const link = linkOf();
      const links = link === undefined ? [] : [link];
      return runSpan(trace.getTracer(instrumentationName), context.active(), spec, work, links);
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

/**
 * Creates the relay's instruments on the meter provider that is registered now. Without one the metrics do nothing, even
 * if a provider is registered later.
 */
function createRelayMetrics(): RelayMetrics {
  const meter = metrics.getMeter(instrumentationName);
  if (meter === createNoopMeter()) return noMetrics;
  const events = meter.createCounter('acs.relay.events', {
    unit: '{event}',
    description: 'Events, by type and by how they ended',
  });
  const pushes = meter.createCounter('acs.relay.pushes', {
    unit: '{push}',
    description: 'Pushes, by platform, kind and outcome',
  });
  const retries = meter.createCounter('acs.relay.retries', {
    unit: '{request}',
    description: 'Requests to a hub beyond the first of a push',
  });
  const degraded = meter.createCounter('acs.relay.degraded', {
    unit: '{event}',
    description: 'Rings that were sent without the ledger',
  });
  const deadLetters = meter.createCounter('acs.relay.dead_letters', {
    unit: '{event}',
    description: 'Dead-lettered events, by reason',
  });
  const ringLatency = meter.createHistogram('acs.relay.ring.latency', {
    unit: 's',
    description: 'From the time of the event to the acceptance of a ring by the hub',
    advice: { explicitBucketBoundaries: ringBuckets },
  });
  return {
    eventEnded: (type, end) => events.add(1, { type, end }),
    pushEnded: (platform, kind, outcome) => pushes.add(1, { platform, kind, outcome }),
    retried: (count, platform, kind) => retries.add(count, { platform, kind }),
    degraded: () => degraded.add(1),
    deadLettered: (reason) => deadLetters.add(1, { reason }),
    rang: (latencyMs) => ringLatency.record(latencyMs / 1000),
  };
}

function nothing() {}
