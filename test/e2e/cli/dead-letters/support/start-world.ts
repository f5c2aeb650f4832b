import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient, TableServiceClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { composeApp } from '../../../../../src/app/compose-app.ts';
import { startAttempt } from '../../../../../src/app/handle-events.ts';
import type { AppIo } from '../../../../../src/cli/io.ts';
import { runCli } from '../../../../../src/cli/run-cli.ts';
import type { DeadLetterSource } from '../../../../../src/deliveries/dead-letter.ts';
import { createDeadLetterStore } from '../../../../../src/deliveries/dead-letter-store.ts';
import type { HubFault } from '../../../../../src/local/hub-emulator/faults.ts';
import {
  emulatorConnectionString,
  emulatorKey,
  emulatorKeyName,
} from '../../../../../src/local/hub-emulator/hub-emulator-options.ts';
import { startHubEmulator } from '../../../../../src/local/hub-emulator/start-hub-emulator.ts';
import { startAzurite } from '../../../../../src/local/start-azurite.ts';
import { createAzureBlobStore } from '../../../../../src/storage/blobs.ts';
import { eventGridEvent, user } from '../../../../support/events.ts';

/** A user with two phones, and the handles by which their pushes are found. */
export interface TestUser {
  readonly userId: string;
  readonly iphone: string;
  readonly android: string;
}

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * The whole surroundings of the command line: an Azurite of its own, since the container of dead letters has a fixed
 * name; a hub on a real socket; the app itself, which dead-letters events; and a folder with a local.settings.json.
 */
export async function startWorld() {
  const azurite = await startAzurite();
  const faults = new Map<string, HubFault>();
  const hub = await startHubEmulator({
    port: 0,
    hubs: ['relay', 'relay-voip'],
    keys: { [emulatorKeyName]: emulatorKey },
    strict: true,
    clock: Date.now,
    wait: () => Promise.resolve(),
    respond: ({ deviceHandles }) => faults.get(deviceHandles[0] ?? '') ?? faults.get('all'),
  });
  const settings = {
    RELAY_STORAGE: azurite.connectionString,
    NOTIFICATION_HUB_CONNECTION_STRING: emulatorConnectionString(hub.url),
    NOTIFICATION_HUB_NAME: 'relay',
  };
  const storage = { kind: 'connection-string', connectionString: azurite.connectionString } as const;
  const app = await composeApp(settings);
  const deadLetters = createDeadLetterStore({ blobs: createAzureBlobStore(storage, 'dead-letters') });
  const silent = () => {};
  const attempt = () =>
    startAttempt(
      {
        functionName: 'relayChat',
        invocationId: randomUUID(),
        debug: silent,
        info: silent,
        warn: silent,
        error: silent,
      },
      Date.now,
    );
  const cwd = mkdtempSync(join(tmpdir(), 'acs-relay-'));
  writeFileSync(join(cwd, 'local.settings.json'), JSON.stringify({ IsEncrypted: false, Values: settings }));

  const names = async (container = 'dead-letters'): Promise<string[]> => {
    const found: string[] = [];
    for await (const name of createAzureBlobStore(storage, container).list('')) found.push(name);
    return found;
  };

  return {
    cwd,
    settings,
    deadLetters,
    faults,
    names,
    /** Runs the command line in the folder that has the settings. */
    run: async (...args: readonly string[]): Promise<Ran> => {
      const io = recordingIo(cwd, {});
      return { code: await runCli(['dead-letters', ...args], io), out: io.text('out'), err: io.text('err') };
    },
    /** What a command prints to, in the same folder, with an environment of its own. */
    io: (env: Readonly<Record<string, string>>) => recordingIo(cwd, env),
    /** Hands an event to the app as a Function would. */
    deliver: (event: unknown) => app.relay.handle(event, attempt()),
    putDeadLetter: (source: DeadLetterSource) => deadLetters.put(source),
    putBlob: (container: string, name: string, text: string) =>
      createAzureBlobStore(storage, container).put(name, text),
    getBlob: (container: string, name: string) => createAzureBlobStore(storage, container).get(name),
    /** Removes every dead letter of both containers. */
    clear: async () => {
      faults.clear();
      for (const container of ['dead-letters', 'event-grid']) {
        for (const name of await names(container))
          await createAzureBlobStore(storage, container).remove(name);
      }
    },
    addUser: async (): Promise<TestUser> => {
      const id = randomUUID();
      const hex = id.replaceAll('-', '').repeat(2);
      const added = { userId: `8:acs:${id}_cli`, iphone: `a1${hex.slice(2)}`, android: `fcm-${hex}` };
      await app.devices.register(added.userId, 'iphone', { platform: 'apns', handle: added.iphone });
      await app.devices.register(added.userId, 'android', { platform: 'fcmv1', handle: added.android });
      return added;
    },
    /** The kinds of what a handle really got, in order. */
    got: (handle: string) =>
      hub.pushes
        .list()
        .filter(({ deviceHandles, fault }) => deviceHandles.includes(handle) && fault === undefined)
        .map(({ body }) => /"kind\\?":\\?"([a-z-]+)/.exec(body)?.[1]),
    /** Everything that a command could change: each blob and row with its version, and what the hub has seen. */
    everything: async () => {
      const seen: string[] = hub.pushes.list().map(({ id }) => `push ${id}`);
      const blobs = BlobServiceClient.fromConnectionString(azurite.connectionString);
      for await (const { name } of blobs.listContainers()) {
        seen.push(`container ${name}`);
        for await (const blob of blobs.getContainerClient(name).listBlobsFlat()) {
          seen.push(`blob ${name} ${blob.name} ${blob.properties.etag}`);
        }
      }
      const insecure = { allowInsecureConnection: true };
      const tables = TableServiceClient.fromConnectionString(azurite.connectionString, insecure);
      for await (const { name = '' } of tables.listTables()) {
        seen.push(`table ${name}`);
        const table = TableClient.fromConnectionString(azurite.connectionString, name, insecure);
        for await (const row of table.listEntities()) {
          seen.push(`row ${name} ${row.partitionKey} ${row.rowKey} ${row.etag}`);
        }
      }
      return seen.sort();
    },
    stop: async () => {
      await app.close();
      await hub.stop();
      await azurite.stop();
      rmSync(cwd, { recursive: true });
    },
  };
}

/** The world of {@link startWorld}. */
export type World = Awaited<ReturnType<typeof startWorld>>;

function recordingIo(cwd: string, env: Readonly<Record<string, string>>) {
  const printed = { out: '', err: '' };
  const io: AppIo = {
    cwd,
    env,
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
  };
  return { ...io, text: (stream: 'out' | 'err') => printed[stream] };
}

/** A chat message for a user, with a new id. */
export function chatMessage(to: string, timeMs: number, over: Record<string, unknown> = {}) {
  return eventGridEvent(
    'ChatMessageReceived',
    {
      messageBody: 'Your results are in',
      messageId: '1795169702418',
      senderCommunicationIdentifier: user('8:acs:clinic_ben'),
      senderDisplayName: 'Ben Okafor',
      recipientCommunicationIdentifier: user(to),
      threadId: '19:clinic@thread.v2',
      composeTime: new Date(timeMs).toISOString(),
      type: 'Text',
      version: 1,
      ...over,
    },
    { id: randomUUID(), eventTime: new Date(timeMs).toISOString() },
  );
}

/** A call for a user, as a CloudEvent, with a new id. */
export function incomingCall(to: string, timeMs: number) {
  return {
    id: randomUUID(),
    source:
      '/subscriptions/S/resourcegroups/G/providers/microsoft.communication/communicationservices/clinic',
    specversion: '1.0',
    type: 'Microsoft.Communication.IncomingCall',
    time: new Date(timeMs).toISOString(),
    data: {
      to: user(to),
      from: { kind: 'phoneNumber', rawId: '4:+46700000001', phoneNumber: { value: '+46700000001' } },
      callerDisplayName: 'Ben Okafor',
      serverCallId: 'c2VydmVy',
      correlationId: randomUUID(),
      incomingCallContext: 'S3CRET-CONTEXT',
    },
  };
}

/** An event as Event Grid dead-letters it, in the spelling of its schema. */
export function givenUp(event: object) {
  return 'specversion' in event
    ? {
        ...event,
        deadletterreason: 'TimeToLiveExceeded',
        deliveryattempts: 12,
        lastdeliveryoutcome: 'TimedOut',
      }
    : {
        ...event,
        deadLetterReason: 'MaxDeliveryAttemptsExceeded',
        deliveryAttempts: 30,
        lastDeliveryOutcome: 'NotFound',
        publishTime: '2026-11-22T09:00:01.1Z',
        lastDeliveryAttemptTime: '2026-11-22T09:30:00.4Z',
      };
}
