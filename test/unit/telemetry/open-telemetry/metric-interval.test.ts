import { expect, it } from 'vitest';
import { metricIntervalMs } from '../../../../src/telemetry/open-telemetry/start-open-telemetry.ts';

it.each([
  [undefined, 60_000],
  ['5000', 5_000],
  ['0', 60_000],
  ['-1', 60_000],
  ['soon', 60_000],
  ['1.5', 60_000],
  ['2147483648', 60_000],
])('OTEL_METRIC_EXPORT_INTERVAL=%s is %i ms', (text, ms) => {
  expect(metricIntervalMs({ OTEL_METRIC_EXPORT_INTERVAL: text })).toBe(ms);
});
