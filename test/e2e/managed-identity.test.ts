import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Azurite, startAzurite } from '../../src/local/start-azurite.ts';
import { createAzureBlobStore } from '../../src/storage/blobs.ts';
import { type IdentityService, startIdentityService } from '../support/start-identity-service.ts';
import { type RelayApp, recordingFor, startRelayApp } from '../support/start-relay-app.ts';

const certFile = join(import.meta.dirname, '../support/tls/test-server.cert.pem');
const keyFile = join(import.meta.dirname, '../support/tls/test-server.key.pem');
const trusted = tls.getCACertificates();

let azurite: Azurite;
let identity: IdentityService;
let app: RelayApp;
beforeAll(async () => {
  tls.setDefaultCACertificates([...trusted, readFileSync(certFile, 'utf8')]);
  azurite = await startAzurite({ tls: { certFile, keyFile } });
  identity = await startIdentityService();
  app = await startRelayApp('', {
    settings: {
      ...identity.settings,
      // As the portal shows them: with a slash at the end.
      RELAY_STORAGE__tableServiceUri: `${endpoint('Table')}/`,
      RELAY_STORAGE__blobServiceUri: `${endpoint('Blob')}/`,
      RELAY_STORAGE__clientId: 'client-of-the-identity',
    },
  });
}, 60_000);
afterAll(async () => {
  await app?.stop();
  await identity?.stop();
  await azurite?.stop();
  tls.setDefaultCACertificates(trusted);
});

/** Of the TLS Azurite, such as `https://127.0.0.1:10002/devstoreaccount1`. */
function endpoint(service: 'Table' | 'Blob'): string {
  return new RegExp(`${service}Endpoint=([^;]+);`).exec(azurite.connectionString)?.[1] ?? '';
}

const deliver = (functionName: string, body: string) =>
  fetch(`${app.host.url}/runtime/webhooks/EventGrid?functionName=${functionName}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'aeg-event-type': 'Notification' },
    body,
  });

describe('the built app with a managed identity and no key of the storage account', () => {
  it('registers a phone and rings it once', async () => {
    const userId = `8:acs:${randomUUID()}_e2e`;
    const handle = `fcm-${'a1b2c3d4'.repeat(8)}`;
    const url = `${app.host.url}/api/users/${encodeURIComponent(userId)}/devices/phone`;
    const registered = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ platform: 'fcmv1', handle }),
    });
    expect(registered.status).toBe(201);
    const ring = recordingFor('incoming-call.eventgrid.json', userId, new Date().toISOString());
    expect((await deliver('relayCalls', ring)).status).toBe(202);
    expect((await deliver('relayCalls', ring)).status).toBe(202);
    expect(app.pushesTo(handle).map(({ format }) => format)).toEqual(['fcmv1']);
  });

  it('reports itself as healthy without a key', async () => {
    expect((await fetch(`${app.host.url}/api/health`)).status).toBe(200);
  });

  it('puts an event aside that can never be used', async () => {
    expect((await deliver('relayChat', '[{"not":"an event"}]')).status).toBe(202);
    const settings = { kind: 'connection-string', connectionString: azurite.connectionString } as const;
    const names: string[] = [];
    for await (const name of createAzureBlobStore(settings, 'dead-letters').list('')) names.push(name);
    expect(names).toHaveLength(1);
  });

  it('asks for a token of its own identity, for storage, once for tables and once for blobs', () => {
    const question =
      '/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fstorage.azure.com&client_id=client-of-the-identity';
    expect(identity.asked).toEqual([question, question]);
  });
});
