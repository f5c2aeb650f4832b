import { expect, it } from 'vitest';
import { exportedSignals } from '../../../../src/telemetry/open-telemetry/start-open-telemetry.ts';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

it.each<[string, Record<string, string>, string[]]>([
  ['nothing is set', {}, []],
  ['the endpoint is blank', { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, []],
  ['the common endpoint is set', endpoint, ['traces', 'metrics', 'logs']],
  ['one signal has an endpoint', { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://c' }, ['metrics']],
  ['a signal is turned off', { ...endpoint, OTEL_LOGS_EXPORTER: 'none' }, ['traces', 'metrics']],
  ['a signal goes elsewhere', { ...endpoint, OTEL_TRACES_EXPORTER: 'zipkin' }, ['metrics', 'logs']],
  [
    'a signal goes here and elsewhere',
    { ...endpoint, OTEL_TRACES_EXPORTER: 'console, otlp' },
    ['traces', 'metrics', 'logs'],
  ],
  ['the SDK is off', { ...endpoint, OTEL_SDK_DISABLED: 'TRUE' }, []],
  ['the SDK is said to be on', { ...endpoint, OTEL_SDK_DISABLED: 'false' }, ['traces', 'metrics', 'logs']],
])('%s', (_, env, signals) => {
  expect([...exportedSignals(env)]).toEqual(signals);
});
