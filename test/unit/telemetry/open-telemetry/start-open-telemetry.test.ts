import { context, diag, metrics, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { expect, it, onTestFinished } from 'vitest';
import { startOpenTelemetry } from '../../../../src/telemetry/open-telemetry/start-open-telemetry.ts';
import { isTracing } from '../../../../src/telemetry/telemetry.ts';

const unregister = () => {
  for (const api of [trace, metrics, context, propagation, logs, diag]) api.disable();
};

it('registers nothing when nothing is asked for', () => {
  onTestFinished(unregister);
  expect(startOpenTelemetry({})).toBeUndefined();
  expect(isTracing()).toBe(false);
  const key = Symbol('of the test');
  expect(context.with(ROOT_CONTEXT.setValue(key, 1), () => context.active().getValue(key))).toBeUndefined();
});

it('registers only the signals that are asked for', async () => {
  onTestFinished(unregister);
  const running = startOpenTelemetry({
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://127.0.0.1:9/v1/metrics',
  });
  expect(running?.exportsLogs).toBe(false);
  expect(isTracing()).toBe(false);
  await running?.stop();
});
