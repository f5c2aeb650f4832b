import { context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadApp } from '../../../src/local/functions-host/app-runtime.ts';
import {
  createCoreApi,
  createFunctionStore,
  createHookStore,
} from '../../../src/local/functions-host/core-api.ts';
import { setEnvironment } from '../../../src/local/functions-host/start-functions-host.ts';
import { type BuiltApp, buildApp } from '../../support/build-app.ts';

let app: BuiltApp;
beforeAll(() => {
  app = buildApp('--opentelemetry');
}, 60_000);
afterAll(() => app?.remove());

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };

describe('the worker capability WorkerOpenTelemetryEnabled', () => {
  it.each<[string, Record<string, string>, string | undefined, number]>([
    ['is not set when nothing is exported', {}, undefined, 1],
    ['is true when the app exports its log lines itself', endpoint, 'true', 2],
    [
      'is false when the app exports everything but its log lines',
      { ...endpoint, OTEL_LOGS_EXPORTER: 'none' },
      'false',
      2,
    ],
  ])('%s', async (_, settings, expected, hooksAtTheEnd) => {
    onTestFinished(setEnvironment(settings));
    onTestFinished(() => {
      for (const api of [trace, metrics, context, propagation, logs, diag]) api.disable();
    });
    const hooks: string[] = [];
    const store = createHookStore();
    const register: typeof store.register = (name, callback) => {
      hooks.push(name);
      return store.register(name, callback);
    };
    const core = createCoreApi(createFunctionStore(), { ...store, register }, () => {});
    loadApp(app.root, core.module);
    const capabilities = await core.programmingModel().getCapabilities?.({});
    expect(capabilities?.['WorkerOpenTelemetryEnabled']).toBe(expected);
    expect(hooks.filter((name) => name === 'appTerminate')).toHaveLength(hooksAtTheEnd);
  });
});
