import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, type ReadableSpan, type Sampler } from '@opentelemetry/sdk-trace-base';
import { onTestFinished } from 'vitest';

/** What the OpenTelemetry SDK got from the process. */
export interface CollectedTelemetry {
  /** Spans that have ended, in the order they began. */
  readonly spans: () => readonly ReadableSpan[];
  /** One text for each point of each metric, such as `acs.relay.events{end=pushed,type=other} 1`, sorted. */
  readonly points: () => Promise<readonly string[]>;
  /** Takes the SDK out again, before the test is over. */
  readonly end: () => void;
}

/** Registers the real SDK for this process until the test is over. What is made of a meter before does not find it. */
export function collectTelemetry(
  init: { readonly withContextManager?: boolean; readonly sampler?: Sampler } = {},
): CollectedTelemetry {
  const begun: ReadableSpan[] = [];
  const tracerProvider = new BasicTracerProvider({
    spanProcessors: [
      {
        onStart: (span) => void begun.push(span),
        onEnd: () => {},
        forceFlush: async () => {},
        shutdown: async () => {},
      },
    ],
    ...(init.sampler === undefined ? {} : { sampler: init.sampler }),
  });
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: 2_147_483_647,
  });
  const meterProvider = new MeterProvider({ readers: [reader] });
  trace.setGlobalTracerProvider(tracerProvider);
  metrics.setGlobalMeterProvider(meterProvider);
  if (init.withContextManager === true) {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  }
  const end = () => {
    trace.disable();
    metrics.disable();
    context.disable();
  };
  onTestFinished(end);
  return {
    spans: () => begun.filter(({ ended }) => ended),
    points: async () => {
      metricExporter.reset();
      await reader.forceFlush();
      const all = metricExporter
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics)
        .flatMap((scope) => scope.metrics)
        .flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => {
            const labels = Object.entries(attributes)
              .map(([name, label]) => `${name}=${label}`)
              .sort()
              .join(',');
            const said = typeof value === 'number' ? value : `${value.count} of ${value.sum}`;
            return `${descriptor.name}{${labels}} ${said}`;
          }),
        );
      return all.sort();
    },
    end,
  };
}
