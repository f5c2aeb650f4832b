import { context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
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

it.each<[string, Record<string, string>, string | undefined, number]>([
  ['keeps the lines of the app where nothing is exported', {}, undefined, 0],
  ['drops them where the app exports them itself', endpoint, 'true', 1],
  ['keeps them where the app exports all but them', { ...endpoint, OTEL_LOGS_EXPORTER: 'none' }, 'false', 1],
])('the host is told so that it %s', async (_, settings, told, hooksAtTheEnd) => {
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
  expect(capabilities?.['WorkerOpenTelemetryEnabled']).toBe(told);
  expect(hooks.filter((name) => name === 'appTerminate')).toHaveLength(hooksAtTheEnd);
});
