import type { Environment } from '../../config/settings-reader.ts';

/** A kind of telemetry that OpenTelemetry exports. */
export type Signal = 'traces' | 'metrics' | 'logs';

const signals: readonly Signal[] = ['traces', 'metrics', 'logs'];

/**
 * Which signals the standard settings ask to export by OTLP: those with an endpoint, their own or the common one, unless
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
