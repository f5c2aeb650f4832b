import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RelayApp, recordingFor, startRelayApp } from '../support/start-relay-app.ts';
import { type StorageProxy, startStorageProxy } from '../support/start-storage-proxy.ts';

let app: RelayApp;
let proxy: StorageProxy;
/** Tables that never answer. */
let hanging = /^$/;
beforeAll(async () => {
  proxy = await startStorageProxy(inject('azurite'), 'Table', async ({ url }) => {
    if (hanging.test(url ?? '')) await new Promise(() => undefined);
  });
  app = await startRelayApp(proxy.connectionString);
}, 60_000);
afterAll(async () => {
  await app?.stop();
  await proxy?.stop();
});

/** Registers a phone, lets it ring, and gives how long that took to be acknowledged, in milliseconds. */
async function ring(handle: string): Promise<number> {
  const userId = `8:acs:${randomUUID()}_e2e`;
  const registered = await fetch(`${app.host.url}/api/users/${encodeURIComponent(userId)}/devices/phone`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ platform: 'fcmv1', handle }),
  });
  expect(registered.status).toBe(201);
  const startedMs = performance.now();
  const response = await fetch(`${app.host.url}/runtime/webhooks/EventGrid?functionName=relayCalls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
    body: recordingFor('incoming-call.eventgrid.json', userId, new Date().toISOString()),
  });
  expect(response.status).toBe(202);
  return performance.now() - startedMs;
}

describe('the built app while one table never answers', () => {
  it('rings without the ledger, long before its requests are given up', async () => {
    const handle = 'fcm-of-a-phone-without-ledger';
    hanging = /^\/devstoreaccount1\/deliveries/;
    const tookMs = await ring(handle);
    expect(app.pushesTo(handle)).toHaveLength(1);
    expect(tookMs).toBeGreaterThan(900);
    // Three tries of two seconds are over after six.
    expect(tookMs).toBeLessThan(6_000);
    expect(app.lines.filter((line) => line.includes('ledger-unavailable'))).toHaveLength(1);
  });

  it('rings with the ledger once that answers again', async () => {
    hanging = /^$/;
    const handle = 'fcm-of-a-phone-with-ledger';
    await ring(handle);
    expect(app.pushesTo(handle)).toHaveLength(1);
    expect(app.lines.filter((line) => line.includes('ledger-unavailable'))).toHaveLength(1);
  });
});
