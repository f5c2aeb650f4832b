import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { loadApp } from '../../src/local/functions-host/app-runtime.ts';
import {
  createCoreApi,
  createFunctionStore,
  createHookStore,
} from '../../src/local/functions-host/core-api.ts';
import { setEnvironment } from '../../src/local/functions-host/start-functions-host.ts';
import {
  emulatorConnectionString,
  emulatorKey,
  emulatorKeyName,
} from '../../src/local/hub-emulator/hub-emulator-options.ts';
import { type HubEmulator, startHubEmulator } from '../../src/local/hub-emulator/start-hub-emulator.ts';
import { type BuiltApp, buildApp } from '../support/build-app.ts';
import { recordingFor } from '../support/start-relay-app.ts';

let app: BuiltApp;
let hub: HubEmulator;
/** How long the hub takes for the next push, milliseconds. */
let hubMs = 0;

beforeAll(async () => {
  app = buildApp();
  hub = await startHubEmulator({
    port: 0,
    hubs: ['relay'],
    keys: { [emulatorKeyName]: emulatorKey },
    clock: () => Date.now(),
    wait: (ms) => sleep(ms),
    respond: () => ({ delayMs: hubMs }),
  });
}, 60_000);
afterAll(async () => {
  await hub?.stop();
  app?.remove();
});

/** Loads the built app as a worker does that can be told to end while its Functions run. */
async function startWorker() {
  onTestFinished(
    setEnvironment({
      AzureWebJobsStorage: inject('azurite'),
      NOTIFICATION_HUB_CONNECTION_STRING: emulatorConnectionString(hub.url),
      NOTIFICATION_HUB_NAME: 'relay',
    }),
  );
  const functions = createFunctionStore();
  const hooks = createHookStore();
  loadApp(app.root, createCoreApi(functions, hooks, () => {}).module);
  await hooks.run('appStart', { appHookData: {} });
  const call = async (name: string, ...input: readonly unknown[]): Promise<unknown> => {
    const found = functions.list().find(({ metadata }) => metadata.name === name);
    const write = () => {};
    const context = { functionName: name, invocationId: randomUUID() };
    return found?.callback(...input, { ...context, debug: write, info: write, warn: write, error: write });
  };
  return { call, end: () => hooks.run('appTerminate', { appHookData: {} }) };
}

/** A ring for a user with one Android phone. */
async function ringFor(worker: Awaited<ReturnType<typeof startWorker>>, handle: string): Promise<unknown> {
  const userId = `8:acs:${randomUUID()}_end`;
  const body = JSON.stringify({ platform: 'fcmv1', handle });
  const registered = await worker.call('devices', {
    method: 'PUT',
    params: { userId, deviceId: 'phone' },
    headers: new Headers({ 'content-type': 'application/json', 'content-length': String(body.length) }),
    arrayBuffer: async () => new TextEncoder().encode(body).buffer,
    text: async () => body,
    body: new Response(body).body,
  });
  expect(registered).toMatchObject({ status: 201 });
  return JSON.parse(recordingFor('incoming-call.eventgrid.json', userId, new Date().toISOString()))[0];
}

describe('WorkerTerminate while a ring is in flight', () => {
  it('lets the ring end, and its redelivery finds it done', async () => {
    const worker = await startWorker();
    const ring = await ringFor(worker, 'fcm-of-a-ring-that-ends-in-time');
    hubMs = 1_500;
    let isDone = false;
    void worker.call('relayCalls', ring).then(() => {
      isDone = true;
    });
    await sleep(700);
    await worker.end();
    expect(isDone).toBe(true);
    expect(hub.pushes.list()).toHaveLength(1);
  });

  it('gives its lease back after 4 s, and the next worker rings without waiting', async () => {
    const worker = await startWorker();
    const ring = await ringFor(worker, 'fcm-of-a-ring-that-does-not-end');
    hubMs = 60_000;
    void worker.call('relayCalls', ring).catch(() => undefined);
    await sleep(700);
    const endedMs = performance.now();
    await worker.end();
    const tookMs = performance.now() - endedMs;
    expect(tookMs).toBeGreaterThan(3_900);
    expect(tookMs).toBeLessThan(5_000);

    hubMs = 0;
    const next = await startWorker();
    const startedMs = performance.now();
    await next.call('relayCalls', ring);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  }, 20_000);
});
