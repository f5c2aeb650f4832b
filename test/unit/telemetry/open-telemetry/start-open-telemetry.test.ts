import { context, diag, metrics, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { setEnvironment } from '../../../../src/local/functions-host/start-functions-host.ts';
import {
  exportedSignals,
  metricIntervalMs,
  relayResource,
  startOpenTelemetry,
} from '../../../../src/telemetry/open-telemetry/start-open-telemetry.ts';
import { isTracing } from '../../../../src/telemetry/telemetry.ts';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('exportedSignals', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['nothing is set', {}, []],
    ['the endpoint is blank', { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, []],
    ['the common endpoint is set', endpoint, ['traces', 'metrics', 'logs']],
    ['one signal has an endpoint', { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://c' }, ['metrics']],
    ['a signal is turned off', { ...endpoint, OTEL_LOGS_EXPORTER: 'none' }, ['traces', 'metrics']],
    ['a signal has another exporter', { ...endpoint, OTEL_TRACES_EXPORTER: 'zipkin' }, ['metrics', 'logs']],
    [
      'a signal has several exporters',
      { ...endpoint, OTEL_TRACES_EXPORTER: 'console, otlp' },
      ['traces', 'metrics', 'logs'],
    ],
    ['the SDK is disabled', { ...endpoint, OTEL_SDK_DISABLED: 'TRUE' }, []],
    [
      'the SDK is explicitly enabled',
      { ...endpoint, OTEL_SDK_DISABLED: 'false' },
      ['traces', 'metrics', 'logs'],
    ],
  ])('returns the signals to export when %s', (_, env, signals) => {
    expect([...exportedSignals(env)]).toEqual(signals);
  });
});

describe('metricIntervalMs', () => {
  it.each([
    [undefined, 60_000],
    ['5000', 5_000],
    ['0', 60_000],
    ['-1', 60_000],
    ['soon', 60_000],
    ['1.5', 60_000],
    ['2147483648', 60_000],
  ])('takes OTEL_METRIC_EXPORT_INTERVAL=%s as %i ms', (text, ms) => {
    expect(metricIntervalMs({ OTEL_METRIC_EXPORT_INTERVAL: text })).toBe(ms);
  });
});

describe('relayResource', () => {
  it('has the name of the Function App', () => {
    expect(relayResource({ WEBSITE_SITE_NAME: 'func-clinic' }).attributes['service.name']).toBe(
      'func-clinic',
    );
    expect(relayResource({}).attributes['service.name']).toBe('acs-notification-relay');
  });

  it('has an instance id', () => {
    const { attributes } = relayResource({});
    expect(attributes['service.instance.id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('prefers the name and the attributes of the standard settings', () => {
    const settings = {
      OTEL_SERVICE_NAME: 'relay',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,service.instance.id=one',
    };
    onTestFinished(setEnvironment(settings));
    expect(relayResource({ WEBSITE_SITE_NAME: 'func-clinic' }).attributes).toMatchObject({
      'service.name': 'relay',
      'deployment.environment.name': 'test',
      'service.instance.id': 'one',
    });
  });
});

describe('startOpenTelemetry', () => {
  const unregister = () => {
    for (const api of [trace, metrics, context, propagation, logs, diag]) api.disable();
  };

  it('registers nothing when no signal is exported', () => {
    onTestFinished(unregister);
    expect(startOpenTelemetry({})).toBeUndefined();
    expect(isTracing()).toBe(false);
    const key = Symbol('of the test');
    expect(context.with(ROOT_CONTEXT.setValue(key, 1), () => context.active().getValue(key))).toBeUndefined();
  });

  it('registers only the exported signals', async () => {
    onTestFinished(unregister);
    const running = startOpenTelemetry({
      OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://127.0.0.1:9/v1/metrics',
    });
    expect(running?.exportsLogs).toBe(false);
    expect(isTracing()).toBe(false);
    await running?.stop();
  });
});
