import { randomUUID } from 'node:crypto';
import { startTimer } from '../../src/app/compose-app.ts';
import { createCallMemory } from '../../src/deliveries/call-memory.ts';
import type { DeadLetterSource } from '../../src/deliveries/dead-letter.ts';
import { createDeadLetterStore } from '../../src/deliveries/dead-letter-store.ts';
import { createLedger } from '../../src/deliveries/ledger.ts';
import { createMessageMemory } from '../../src/deliveries/message-memory.ts';
import type { Device } from '../../src/devices/device.ts';
import { RelayError } from '../../src/errors/errors.ts';
import { createDirectSendClient } from '../../src/notification-hubs/direct-send-client.ts';
import type { HubRequest } from '../../src/notification-hubs/request.ts';
import type { HubTransportResult } from '../../src/notification-hubs/transports/hub-transport.ts';
import type { Attempt, RelayDeps } from '../../src/relay/attempt.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { createMemoryTableService } from '../../src/storage/memory-tables.ts';
import type { TableService } from '../../src/storage/tables.ts';
import type { VirtualTime } from './chaos/virtual-time.ts';
import { createMemoryBlobStore } from './create-memory-blob-store.ts';
import { ada } from './events.ts';

/** One request as the hub sees it. */
export interface SeenPost {
  readonly hub: string;
  readonly handle: string;
  readonly kind: string;
  readonly atMs: number;
  readonly headers: HubRequest['headers'];
  readonly body: string;
}

/** The hub's response to a request. */
export type Respond = (post: SeenPost, index: number) => HubTransportResult | Promise<HubTransportResult>;

export const created: HubTransportResult = { kind: 'response', status: 201, headers: {}, body: '' };
export const answer = (status: number, headers: Record<string, string> = {}): HubTransportResult => ({
  kind: 'response',
  status,
  headers,
  body: '',
});

/** When the events in `events.ts` happened, epoch milliseconds. */
export const eventMs = 1795338000123;

/** What a storage call throws when storage is down. */
export const down = new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'down' });

/** A storage call while storage is down. */
export const fail = async (): Promise<never> => {
  throw down;
};

/** Ada's phones, as registered. */
export const adasPhones: readonly Device[] = [
  {
    recipientId: ada,
    deviceId: 'iphone',
    platform: 'apns',
    handle: 'aa'.repeat(32),
    voipHandle: 'bb'.repeat(32),
    registeredAtMs: 0,
    expiresAtMs: 1e15,
  },
  {
    recipientId: ada,
    deviceId: 'android',
    platform: 'fcmv1',
    handle: 'fcm-android',
    registeredAtMs: 0,
    expiresAtMs: 1e15,
  },
];

/** A relay on real stores in memory, with a scripted hub and a clock that moves only while it waits, or a given time. */
export function createRelayHarness(init: {
  readonly nowMs: number;
  readonly respond?: Respond;
  readonly devices?: readonly Device[];
  readonly secondary?: Respond;
  readonly time?: Pick<VirtualTime, 'clock' | 'sleep' | 'startTimer'>;
  /** Storage that other instances share. */
  readonly tables?: TableService;
  readonly over?: (deps: RelayDeps) => RelayDeps;
}) {
  let nowMs = init.nowMs;
  let ids = 0;
  const place = init.tables === undefined ? '' : `${randomUUID()}-`;
  const clock = () => init.time?.clock() ?? nowMs;
  const nextId = (name: string) => {
    ids += 1;
    return `${place}${name}-${ids}`;
  };
  const posts: SeenPost[] = [];
  const lines: { level: string; event: string; fields: Record<string, unknown> }[] = [];
  const letters: DeadLetterSource[] = [];
  const tables = init.tables ?? createMemoryTableService();
  const blobs = createMemoryBlobStore();
  const deadLetters = createDeadLetterStore({ blobs });
  const devices = init.devices ?? adasPhones;

  const client = (hub: string, respond: Respond) =>
    createDirectSendClient({
      hub: { connection: { endpoint: 'https://n.example', keyName: 'Send', key: 'k' }, hubName: hub },
      clock,
      transport: {
        post: async (request) => {
          const post = see(hub, request, clock());
          posts.push(post);
          return respond(post, posts.length - 1);
        },
        close: async () => {},
      },
    });
  const respond = init.respond ?? (() => created);
  const hubs = (name: string): RelayDeps['alertHub'] =>
    init.secondary === undefined
      ? [client(name, respond)]
      : [client(name, respond), client(`${name}-2`, init.secondary)];

  const deps: RelayDeps = {
    clock,
    sleep: async (ms) => {
      nowMs += ms;
    },
    startTimer,
    ...(init.time === undefined ? {} : { sleep: init.time.sleep, startTimer: init.time.startTimer }),
    random: () => 0.5,
    mapping: { ringMs: 30_000, chatTtlMs: 86_400_000, chatContent: 'full' },
    defaultLocale: 'en',
    alertHub: hubs('alert'),
    voipHub: hubs('voip'),
    findDevices: async (recipientId) => devices.filter((device) => device.recipientId === recipientId),
    ledger: createLedger({ tables, newId: () => nextId('id') }),
    calls: createCallMemory({ tables }),
    messages: createMessageMemory({ tables }),
    deadLetter: async (letter) => {
      letters.push(letter);
      await deadLetters.put(letter);
    },
    userReference: () => 'u-hash',
  };
  const relay = createRelay(init.over?.(deps) ?? deps);
  const attempt = (): Attempt => ({
    functionName: 'relayCalls',
    owner: nextId('owner'),
    log: (level, event, fields = {}) => lines.push({ level, event, fields }),
    budgetEndsMs: clock() + 25_000,
  });

  return {
    deps,
    posts,
    lines,
    letters,
    blobs,
    tables,
    clock,
    relay,
    attempt,
    handle: (value: unknown) => relay.handle(value, attempt()),
    redrive: (value: unknown) => relay.handle(value, { ...attempt(), redrive: true }),
    handleText: (text: string) => relay.handleText(text, attempt()),
    advance: (ms: number) => {
      nowMs += ms;
    },
    /** The requests the hub saw, one line each: hub, handle and kind. */
    seen: () => posts.map(({ hub, handle, kind }) => `${hub} ${handle.slice(0, 4)} ${kind}`).sort(),
  };
}

function see(hub: string, { headers, body }: HubRequest, atMs: number): SeenPost {
  const payload = JSON.parse(body);
  const acs = payload.acs ?? JSON.parse(payload.message.data.acs);
  const handle = headers['servicebusnotification-devicehandle'] ?? '';
  return { hub, handle, kind: acs.kind, atMs, headers, body };
}
