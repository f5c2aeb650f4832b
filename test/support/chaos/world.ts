import { requireDelivered, startAttempt } from '../../../src/app/handle-events.ts';
import { createCallMemory } from '../../../src/deliveries/call-memory.ts';
import type { DeadLetterSource } from '../../../src/deliveries/dead-letter.ts';
import { createDeadLetterStore } from '../../../src/deliveries/dead-letter-store.ts';
import { createLedger } from '../../../src/deliveries/ledger.ts';
import { createMessageMemory } from '../../../src/deliveries/message-memory.ts';
import type { Device } from '../../../src/devices/device.ts';
import { RelayError } from '../../../src/errors/errors.ts';
import type { RelayDeps } from '../../../src/relay/attempt.ts';
import type { EventReport } from '../../../src/relay/event-report.ts';
import { createRelay } from '../../../src/relay/relay.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';
import { createMemoryBlobStore } from '../create-memory-blob-store.ts';
import { type Around, aroundTables } from './around-tables.ts';
import type { Conditions } from './conditions.ts';
import { createHub, type Post } from './hub.ts';
import type { Life } from './life.ts';
import { createPhone, type Phone } from './phone.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';
import { watchLedger } from './watch-ledger.ts';

/** How one event fared in one invocation. */
export interface Handled {
  readonly eventId: string;
  readonly owner: string;
  readonly fromMs: number;
  /** Absent while it runs, and for ever when the invocation died. */
  untilMs?: number;
  report?: EventReport;
  /** What was thrown instead of a report. */
  thrown?: unknown;
  /** Names of the log lines it wrote, such as `ledger-unavailable`. */
  readonly lines: string[];
}

/** One event as Event Grid carries it. */
export interface Carried {
  readonly id: string;
  readonly value: unknown;
}

/** Everything around the relay: storage, hubs, phones, and a clock that only waiting moves. */
export interface World {
  readonly time: VirtualTime;
  readonly phones: ReadonlyMap<string, Phone>;
  readonly posts: readonly Post[];
  readonly handled: readonly Handled[];
  readonly letters: readonly DeadLetterSource[];
  /** State of every ledger row. */
  readonly rows: ReadonlyMap<string, string>;
  /** Storage requests, and how many of them failed. */
  readonly storage: { readonly requests: number; readonly failed: number };
  /** Sets the conditions from now on. */
  readonly change: (conditions: Conditions) => void;
  /**
   * One invocation with the events of one POST, which is answered as a whole. Resolves with whether it was acknowledged;
   * immediately with false when the invocation dies.
   */
  readonly invoke: (events: readonly Carried[], life: Life) => Promise<boolean>;
}

/** A world in which the relay runs on its own parts, down to the storage requests and the HTTP transport. */
export function createWorld(init: {
  readonly startMs: number;
  readonly devices: readonly Device[];
  readonly conditions: Conditions;
  readonly secondary: boolean;
}): World {
  const time = createVirtualTime(init.startMs);
  let conditions = init.conditions;
  const phones = new Map(init.devices.map(({ deviceId }) => [deviceId, createPhone(deviceId)]));
  const devicesOf = Map.groupBy(init.devices, ({ recipientId }) => recipientId);
  const { tables, states } = watchLedger(createMemoryTableService());
  const blobs = createMemoryBlobStore();
  const posts: Post[] = [];
  const handled: Handled[] = [];
  const letters: DeadLetterSource[] = [];
  const storage = { requests: 0, failed: 0 };
  let ids = 0;
  const nextId = (prefix: string): string => {
    ids += 1;
    return `${prefix}${ids}`;
  };

  const openRelay = (life: Life, owner: string) => {
    const around: Around = async (what, act) => {
      await life.step(`before ${what}`);
      await time.sleep(conditions.storageMs());
      await life.alive();
      const fault = conditions.storageFault();
      storage.requests += 1;
      storage.failed += fault === undefined ? 0 : 1;
      if (fault === 'before') throw down();
      const result = await act();
      await life.step(`after ${what}`);
      await time.sleep(conditions.storageMs());
      await life.alive();
      if (fault === 'after') throw down();
      return result;
    };
    const hub = (target: 'alert' | 'voip', place: number) =>
      createHub({
        target,
        place,
        time,
        life,
        owner,
        phones,
        devices: init.devices,
        posts,
        conditions: () => conditions,
      });
    const hubs = (target: 'alert' | 'voip'): RelayDeps['alertHub'] =>
      init.secondary ? [hub(target, 0), hub(target, 1)] : [hub(target, 0)];
    const ownTables = aroundTables(tables, around);
    const deadLetters = createDeadLetterStore({ blobs });
    return createRelay({
      clock: time.clock,
      sleep: async (ms) => {
        await life.step('before wait');
        await time.sleep(ms);
        await life.alive();
      },
      startTimer: time.startTimer,
      random: () => conditions.jitter(),
      mapping: { ringMs: 30_000, chatTtlMs: 86_400_000, chatContent: 'full' },
      defaultLocale: 'en',
      alertHub: hubs('alert'),
      voipHub: hubs('voip'),
      findDevices: (recipientId) => around('list devices', async () => devicesOf.get(recipientId) ?? []),
      ledger: createLedger({ tables: ownTables, newId: () => nextId('claim-') }),
      calls: createCallMemory({ tables: ownTables }),
      messages: createMessageMemory({ tables: ownTables }),
      deadLetter: (letter) =>
        around('put dead letter', async () => {
          letters.push(letter);
          await deadLetters.put(letter);
        }),
      userReference: () => 'u-hash',
    });
  };

  const handleOne = async (
    { id, value }: Carried,
    life: Life,
    invocationId: string,
  ): Promise<EventReport> => {
    const relay = openRelay(life, invocationId);
    const one: Handled = { eventId: id, owner: invocationId, fromMs: time.clock(), lines: [] };
    handled.push(one);
    const write = (line: string) => {
      const name: unknown = JSON.parse(line).event;
      one.lines.push(String(name));
    };
    const sink = {
      functionName: 'relay',
      invocationId,
      debug: write,
      info: write,
      warn: write,
      error: write,
    };
    try {
      one.report = await relay.handle(value, startAttempt(sink, time.clock));
      return one.report;
    } catch (error) {
      one.thrown = error;
      throw error;
    } finally {
      one.untilMs = time.clock();
    }
  };

  const handleAll = async (events: readonly Carried[], life: Life): Promise<boolean> => {
    const invocationId = nextId('invocation-');
    const results = await Promise.allSettled(
      events.map((event, index) => handleOne(event, life, `${invocationId}/${index}`)),
    );
    await life.step('before answer');
    try {
      requireDelivered(results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
    } catch {
      return false;
    }
    return results.every(({ status }) => status === 'fulfilled');
  };

  return {
    time,
    phones,
    posts,
    handled,
    letters,
    rows: states,
    storage,
    change: (changed) => {
      conditions = changed;
    },
    invoke: (events, life) => Promise.race([handleAll(events, life), life.ended.then(() => false)]),
  };
}

function down(): RelayError {
  return new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'Azure Storage failed.' });
}
