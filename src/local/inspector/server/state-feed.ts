import type { DeadLetterStore } from '../../../deliveries/dead-letter-store.ts';
import { omitUndefined } from '../../../shared/json.ts';
import { maskHandle } from '../../hub-emulator/hub-record.ts';
import type { Phone } from '../../hub-emulator/phones/phone.ts';
import type { HubEmulator } from '../../hub-emulator/start-hub-emulator.ts';
import { people } from '../scenarios/acs-events.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import type { InspectorState, ShownDeadLetter, ShownDevice } from '../shared/inspector-state.ts';
import { eventName } from '../shared/payload.ts';
import { type DeviceEditor, type DeviceView, findHandles } from './device-editor.ts';

/** The current state for all open pages. */
export interface StateFeed {
  /** Undefined until the first read. */
  readonly current: () => InspectorState | undefined;
  /** Reports a change. Rereads the state, once for changes during a read. */
  readonly changed: () => void;
  /** Resolves once all changes so far have been read. */
  readonly settled: () => Promise<void>;
  readonly subscribe: (listener: (state: InspectorState) => void) => () => void;
}

/** Creates a {@link StateFeed}. Keeps the last state when a read fails. */
export function createStateFeed(read: () => Promise<InspectorState>): StateFeed {
  let state: InspectorState | undefined;
  let reading: Promise<void> | undefined;
  let again = false;
  const listeners = new Set<(state: InspectorState) => void>();
  const refresh = async () => {
    do {
      again = false;
      const fresh = await read().catch(() => undefined);
      if (fresh === undefined) continue;
      state = fresh;
      for (const listener of listeners) listener(fresh);
    } while (again);
    reading = undefined;
  };
  return {
    current: () => state,
    changed: () => {
      again = true;
      reading ??= refresh();
    },
    settled: async () => reading,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** The running parts of the local stack that the inspector shows and controls. */
export interface InspectorParts {
  readonly hub: Pick<HubEmulator, 'records' | 'phones' | 'faults'>;
  /** Origin of the Functions host. */
  readonly hostUrl: string;
  /** Throws when the settings of the app are invalid. */
  readonly openDeadLetters: () => Pick<DeadLetterStore, 'list' | 'get'>;
}

/** Reads everything that the page shows in addition to the journal. */
export async function readState(
  parts: InspectorParts,
  editor: DeviceEditor,
  offline: ReadonlySet<string>,
): Promise<InspectorState> {
  const [devices, deadLetters] = await Promise.all([editor.list(), readDeadLetters(parts.openDeadLetters)]);
  return {
    userName: people.user.name,
    userId: people.user.rawId,
    hostUrl: parts.hostUrl,
    scenarios: scenarios.map(({ id, label, hint, group }) => ({ id, label, hint, group })),
    devices: devices.map((device) => showDevice(device, parts.hub.phones.list(), offline)),
    deadLetters,
    ...omitUndefined({ fault: parts.hub.faults.current() }),
  };
}

/** How many dead letters are shown. */
const maxShown = 20;

/** The newest dead letters of the relay, newest first; none when storage or the settings are unusable. */
async function readDeadLetters(
  open: () => Pick<DeadLetterStore, 'list' | 'get'>,
): Promise<readonly ShownDeadLetter[]> {
  try {
    const store = open();
    const names: string[] = [];
    for await (const name of store.list()) names.push(name);
    const letters = await Promise.all(
      names.slice(-maxShown).map(async (name) =>
        ((await store.get(name)) ?? []).map(({ reason, message, event }): ShownDeadLetter => {
          const { id, type } = eventName(event.kind === 'json' ? event.value : undefined);
          return { name, reason, message, eventId: id, eventType: type };
        }),
      ),
    );
    return letters.flat().toReversed();
  } catch {
    return [];
  }
}

function showDevice(device: DeviceView, phones: readonly Phone[], offline: ReadonlySet<string>): ShownDevice {
  const found = findHandles(
    device,
    phones.map(({ handle }) => handle),
  );
  const { deviceId, platform, locale } = device;
  const own = phones.filter(({ handle }) => handle === found.handle || handle === found.voipHandle);
  return {
    deviceId,
    platform,
    handle: found.handle === undefined ? device.handle : maskHandle(found.handle),
    online: ![found.handle, found.voipHandle].some((handle) => handle !== undefined && offline.has(handle)),
    waiting: own.reduce((count, { waiting }) => count + waiting.length, 0),
    ...omitUndefined({
      voipHandle: found.voipHandle === undefined ? device.voipHandle : maskHandle(found.voipHandle),
      locale,
    }),
  };
}
