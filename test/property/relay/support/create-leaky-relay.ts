import { inspect } from 'node:util';
import { requireDelivered, startAttempt } from '../../../../src/app/handle-events.ts';
import { createCallMemory } from '../../../../src/deliveries/call-memory.ts';
import { createDeadLetterStore } from '../../../../src/deliveries/dead-letter-store.ts';
import { createLedger } from '../../../../src/deliveries/ledger.ts';
import { createMessageMemory } from '../../../../src/deliveries/message-memory.ts';
import type { Device } from '../../../../src/devices/device.ts';
import { createDirectSendClient } from '../../../../src/notification-hubs/direct-send-client.ts';
import type { HubRequest } from '../../../../src/notification-hubs/request.ts';
import type { HubTransportResult } from '../../../../src/notification-hubs/transports/hub-transport.ts';
import type { RelayDeps } from '../../../../src/relay/attempt.ts';
import { createRelay } from '../../../../src/relay/relay.ts';
import { createMemoryTableService } from '../../../../src/storage/memory-tables.ts';
import { storageUnavailable } from '../../../../src/storage/retry.ts';
import { createUserReference } from '../../../../src/telemetry/references.ts';
import { createTelemetry } from '../../../../src/telemetry/telemetry.ts';
import { type Around, aroundTables } from '../../../support/chaos/around-tables.ts';
import { createMemoryBlobStore } from '../../../support/create-memory-blob-store.ts';

/** A relay whose surroundings say more than they should, and everything that comes out of it. */
export function createLeakyRelay(init: {
  readonly nowMs: number;
  readonly devices: readonly Device[];
  readonly key: string;
  readonly logUserIds: boolean;
  /** What the hub answers; it knows the whole request. */
  readonly answer: (request: HubRequest) => HubTransportResult;
  /** What the storage SDK throws, by the name of the request; undefined: it works. */
  readonly storageError: (what: string) => unknown;
}) {
  const { devices, key, answer, storageError } = init;
  let nowMs = init.nowMs;
  let ids = 0;
  /** Log lines, and errors as the host prints them. */
  const said: string[] = [];
  const authorizations: string[] = [];
  const around: Around = async (what, act) => {
    const error = storageError(what);
    if (error !== undefined) throw storageUnavailable(what, error);
    return act();
  };
  const tables = aroundTables(createMemoryTableService(), around);
  const blobs = createMemoryBlobStore();
  const deadLetters = createDeadLetterStore({ blobs });
  const clock = () => nowMs;
  const client = (hubName: string) =>
    createDirectSendClient({
      hub: { connection: { endpoint: 'https://contoso.example', keyName: 'Send', key }, hubName },
      clock,
      transport: {
        post: async (request) => {
          authorizations.push(request.headers['authorization'] ?? '');
          return answer(request);
        },
        close: async () => {},
      },
    });
  const deps: RelayDeps = {
    clock,
    sleep: async (ms) => {
      nowMs += ms;
    },
    startTimer: () => () => {},
    random: () => 0.5,
    mapping: { ringMs: 30_000, chatTtlMs: 86_400_000, chatContent: 'full' },
    defaultLocale: 'en',
    alertHub: [client('hub')],
    voipHub: [client('voip')],
    findDevices: (recipientId) =>
      around('table devices, list', async () =>
        devices.filter((device) => device.recipientId === recipientId),
      ),
    ledger: createLedger({
      tables,
      newId: () => {
        ids += 1;
        return `id-${ids}`;
      },
    }),
    calls: createCallMemory({ tables }),
    messages: createMessageMemory({ tables }),
    deadLetter: (letter) =>
      around('blob dead-letters, put', async () => {
        await deadLetters.put(letter);
      }),
    userReference: createUserReference(key, init.logUserIds),
    telemetry: createTelemetry(key),
  };
  const relay = createRelay(deps);
  const write = (line: string) => void said.push(line);
  const sink = {
    functionName: 'relayCalls',
    invocationId: 'i-1',
    debug: write,
    info: write,
    warn: write,
    error: write,
  };

  const say = (error: unknown) => said.push(inspect(error, { depth: 20, showHidden: true }), String(error));
  return {
    said,
    authorizations,
    letters: async () => {
      const texts: string[] = [];
      for await (const name of blobs.list('')) texts.push(name, (await blobs.get(name)) ?? '');
      return texts;
    },
    /** As a Function does it: what is thrown reaches the host, which prints it. */
    handle: async (value: unknown) => {
      try {
        const report = await relay.handle(value, startAttempt(sink, clock));
        if (report.kind === 'poison') say(report.error);
        requireDelivered([report]);
      } catch (error) {
        say(error);
      }
    },
    handleText: async (text: string) => {
      try {
        const report = await relay.handleText(text, startAttempt(sink, clock));
        if (report.kind === 'poison') say(report.error);
      } catch (error) {
        say(error);
      }
    },
  };
}
