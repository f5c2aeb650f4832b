import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpRequest } from '@azure/functions';
import { composeApp, startTimer } from '../../../src/app/compose-app.ts';
import { requireDelivered, startAttempt } from '../../../src/app/handle-events.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { parseHubConnection } from '../../../src/config/hub-connection.ts';
import { createCallMemory } from '../../../src/deliveries/call-memory.ts';
import { createLedger } from '../../../src/deliveries/ledger.ts';
import { createMessageMemory } from '../../../src/deliveries/message-memory.ts';
import { createDeviceRegistry } from '../../../src/devices/device-registry.ts';
import { createCallerAuthenticator } from '../../../src/http/authentication.ts';
import { createDeviceApi } from '../../../src/http/device-api.ts';
import { startAzurite } from '../../../src/local/start-azurite.ts';
import { createDirectSendClient } from '../../../src/notification-hubs/direct-send-client.ts';
import { createUndiciTransport } from '../../../src/notification-hubs/transports/undici-transport.ts';
import { createRelay } from '../../../src/relay/relay.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';
import { createUserReference } from '../../../src/telemetry/references.ts';
import { createTelemetry } from '../../../src/telemetry/telemetry.ts';
import { repositoryRoot } from '../../support/source-files.ts';
import { type Coverage, covered } from './covered-files.ts';

const userId = '8:acs:11111111-0000-0000-0000-000000000000_structure';
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const dayMs = 86_400_000;

/** One ring, from the event to the settled ledger: tables in memory, a hub on a real socket. */
export async function ringFlow(): Promise<Coverage> {
  const { url, stop } = await startHub(() => 201);
  const connection = parseHubConnection(connectionString(url));
  const transport = createUndiciTransport({ connection });
  const hub = createDirectSendClient({ hub: { connection, hubName: 'relay' }, transport, clock: Date.now });
  const tables = createMemoryTableService();
  const registry = openRegistry(tables);
  const event = ring();
  await registry.register(event.recipientId, 'iphone', {
    platform: 'apns',
    handle: 'ab'.repeat(32),
    voipHandle: 'cd'.repeat(32),
  });
  const relay = createRelay({
    clock: Date.now,
    sleep: (ms) => sleep(ms),
    startTimer,
    random: Math.random,
    mapping: { ringMs: 30_000, chatTtlMs: dayMs, chatContent: 'full' },
    defaultLocale: 'en',
    alertHub: [hub],
    voipHub: [hub],
    findDevices: registry.list,
    ledger: createLedger({ tables, newId: randomUUID }),
    calls: createCallMemory({ tables }),
    messages: createMessageMemory({ tables }),
    deadLetter: async ({ message }) => {
      throw new Error(message);
    },
    userReference: createUserReference('key', false),
    telemetry: createTelemetry('key'),
  });
  const invocation = { ...quiet, functionName: 'relayCalls', invocationId: randomUUID() };
  const coverage = await covered(async () => {
    requireDelivered([await relay.handle(event.value, startAttempt(invocation, Date.now))]);
  });
  await transport.close();
  await stop();
  return coverage;
}

/** One PUT of a new device, from the handler to the rows. */
export async function registerFlow(): Promise<Coverage> {
  const api = createDeviceApi({
    registry: openRegistry(createMemoryTableService()),
    authenticate: createCallerAuthenticator(undefined, Date.now),
  });
  const request = new HttpRequest({
    method: 'PUT',
    url: `https://relay.example/api/users/${userId}/devices/iphone`,
    params: { userId, deviceId: 'iphone' },
    body: { string: JSON.stringify({ platform: 'apns', handle: 'ab'.repeat(32), locale: 'sv' }) },
  });
  return covered(async () => {
    const { status } = await api.devices(request, () => {});
    if (status !== 201) throw new Error(`the device was answered ${status}`);
  });
}

/** `dead-letters redrive --all --yes` with one dead letter of one device, on a real Azurite. */
export async function redriveFlow(): Promise<Coverage> {
  const azurite = await startAzurite();
  let status = 400;
  const { url, stop } = await startHub(() => status);
  const env = {
    RELAY_STORAGE: azurite.connectionString,
    NOTIFICATION_HUB_CONNECTION_STRING: connectionString(url),
    NOTIFICATION_HUB_NAME: 'relay',
  };
  const app = await composeApp(env);
  const event = ring();
  await app.devices.register(event.recipientId, 'phone', { platform: 'fcmv1', handle: 'structure:phone' });
  const invocation = { ...quiet, functionName: 'relayCalls', invocationId: randomUUID() };
  await app.relay.handle(event.value, startAttempt(invocation, Date.now));
  await app.close();
  status = 201;
  let printed = '';
  const out = (text: string) => {
    printed += text;
  };
  const cwd = mkdtempSync(join(tmpdir(), 'acs-relay-'));
  writeFileSync(join(cwd, 'local.settings.json'), JSON.stringify({ Values: env }));
  const coverage = await covered(async () => {
    const code = await runCli(['dead-letters', 'redrive', '--all', '--yes'], { cwd, out, err: out });
    if (code !== 0) throw new Error(`redrive ended with ${code}:\n${printed}`);
  });
  rmSync(cwd, { recursive: true });
  await stop();
  await azurite.stop();
  return coverage;
}

function ring() {
  const file = join(repositoryRoot, 'test/replay/recordings/incoming-call.eventgrid.json');
  const [recorded] = [JSON.parse(readFileSync(file, 'utf8'))].flat();
  const value = { ...recorded, id: randomUUID(), eventTime: new Date().toISOString() };
  return { value, recipientId: String(value.data.to.rawId) };
}

function openRegistry(tables: ReturnType<typeof createMemoryTableService>) {
  return createDeviceRegistry({
    devices: tables.table('devices'),
    handles: tables.table('handles'),
    expiries: tables,
    clock: Date.now,
    deviceTtlMs: 180 * dayMs,
    devicesPerUser: 25,
  });
}

function connectionString(url: string): string {
  return `Endpoint=${url}/;SharedAccessKeyName=Send;SharedAccessKey=c2VjcmV0`;
}

async function startHub(status: () => number) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status()).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the hub has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
