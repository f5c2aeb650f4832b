import { setTimeout as sleep } from 'node:timers/promises';
import {
  context,
  DiagConsoleLogger,
  DiagLogLevel,
  diag,
  metrics,
  propagation,
  trace,
} from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Environment } from '../../config/settings-reader.ts';

// The host kills a worker after five seconds (`WorkerTerminateGracePeriodInSeconds` of azure-functions-host).
const longestStopMs = 4_000;

interface RunningOpenTelemetry {
  /** True when log lines are exported too, so that the host must not export them again. */
  readonly exportsLogs: boolean;
  /** Exports what is left and stops. Takes at most four seconds and never rejects: telemetry must not hold an instance. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the OpenTelemetry SDK with OTLP over HTTP (JSON), configured only by the standard `OTEL_…` settings, and
 * registers it for this process. The SDK itself reads most of them from the environment of the process.
 *
 * @returns undefined when the settings ask for no export: then nothing is registered
 */
export function startOpenTelemetry(env: Environment): RunningOpenTelemetry | undefined {
  const signals = exportedSignals(env);
  if (signals.size === 0) return undefined;
  // Makes an endpoint that rejects everything visible in the log of the host.
  diag.setLogger(new DiagConsoleLogger(), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const resource = relayResource(env);
  const started: { readonly shutdown: () => Promise<void> }[] = [];
  if (signals.has('traces')) {
    const spanProcessors = [new BatchSpanProcessor(new OTLPTraceExporter())];
    const provider = new BasicTracerProvider({ resource, spanProcessors });
    trace.setGlobalTracerProvider(provider);
    started.push(provider);
  }
  if (signals.has('metrics')) {
    const exportIntervalMillis = metricIntervalMs(env);
    const exporter = new OTLPMetricExporter();
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis });
    const provider = new MeterProvider({ resource, readers: [reader] });
    metrics.setGlobalMeterProvider(provider);
    started.push(provider);
  }
  if (signals.has('logs')) {
    const processors = [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() })];
    const provider = new LoggerProvider({ resource, processors });
    logs.setGlobalLoggerProvider(provider);
    started.push(provider);
  }
  return {
    exportsLogs: signals.has('logs'),
    stop: async () => {
      const ended = Promise.allSettled(started.map((provider) => provider.shutdown()));
      await Promise.race([ended, sleep(longestStopMs, undefined, { ref: false })]);
    },
  };
}

type Signal = 'traces' | 'metrics' | 'logs';

const signals: readonly Signal[] = ['traces', 'metrics', 'logs'];

/**
 * The signals that the standard settings export by OTLP: those with an endpoint of their own or the common one, unless
 * `OTEL_<SIGNAL>_EXPORTER` names another exporter or `none`, or `OTEL_SDK_DISABLED` is true ("Environment Variable
 * Specification" and "OpenTelemetry Protocol Exporter", OpenTelemetry).
 */
export function exportedSignals(env: Environment): ReadonlySet<Signal> {
  const value = (name: string) => env[name]?.trim() ?? '';
  if (value('OTEL_SDK_DISABLED').toLowerCase() === 'true') return new Set();
  const isExported = (signal: Signal) => {
    const name = signal.toUpperCase();
    const exporters = value(`OTEL_${name}_EXPORTER`) || 'otlp';
    const endpoint = value(`OTEL_EXPORTER_OTLP_${name}_ENDPOINT`) || value('OTEL_EXPORTER_OTLP_ENDPOINT');
    return endpoint !== '' && exporters.split(',').some((exporter) => exporter.trim() === 'otlp');
  };
  return new Set(signals.filter(isExported));
}

/**
 * The source of the telemetry: the name of the Function App and an id for each process, so that the counters of two
 * instances stay apart. `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` of the process win.
 */
export function relayResource(env: Environment): Resource {
  const named = resourceFromAttributes({
    'service.name': env['WEBSITE_SITE_NAME'] ?? 'acs-notification-relay',
  });
  const detected = detectResources({ detectors: [serviceInstanceIdDetector, envDetector] });
  return defaultResource().merge(named).merge(detected);
}

const defaultIntervalMs = 60_000;

/** Milliseconds between two exports of metrics: `OTEL_METRIC_EXPORT_INTERVAL`, or a minute when that is invalid. */
export function metricIntervalMs(env: Environment): number {
  const asked = Number(env['OTEL_METRIC_EXPORT_INTERVAL'] ?? defaultIntervalMs);
  return Number.isInteger(asked) && asked >= 1 && asked < 2 ** 31 ? asked : defaultIntervalMs;
}
