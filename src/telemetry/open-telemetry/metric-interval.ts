import type { Environment } from '../../config/settings-reader.ts';

const defaultMs = 60_000;

/** How often metrics are exported, milliseconds: `OTEL_METRIC_EXPORT_INTERVAL`, or a minute where that is no number. */
export function metricIntervalMs(env: Environment): number {
  const asked = Number(env['OTEL_METRIC_EXPORT_INTERVAL'] ?? defaultMs);
  return Number.isInteger(asked) && asked >= 1 && asked < 2 ** 31 ? asked : defaultMs;
}
