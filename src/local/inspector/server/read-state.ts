import type { Clock } from '../../../config/clock.ts';
import { defined } from '../../../events/defined.ts';
import { people } from '../scenarios/people.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import type { InspectorState, ShownDevice } from '../shared/inspector-state.ts';
import type { DeviceEditor } from './create-device-editor.ts';
import type { InspectorParts } from './inspector-parts.ts';
import { readDeadLetters } from './read-dead-letters.ts';

/** Reads everything that the page shows beside the journal. */
export async function readState(
  parts: InspectorParts,
  editor: DeviceEditor,
  offline: ReadonlySet<string>,
  clock: Clock,
): Promise<InspectorState> {
  const [devices, deadLetters] = await Promise.all([editor.list(), readDeadLetters(parts.openDeadLetters)]);
  return {
    nowMs: clock(),
    userName: people.user.name,
    userId: people.user.rawId,
    hostUrl: parts.hostUrl,
    scenarios: scenarios.map(({ id, label, hint, group }) => ({ id, label, hint, group })),
    devices: devices.map((device): ShownDevice => {
      const handles = editor.handlesOf(device);
      const phones = parts.hub.phones.list().filter(({ handle }) => handles.includes(handle));
      const { deviceId, platform, handle, voipHandle, locale } = device;
      return {
        deviceId,
        platform,
        handle,
        online: !handles.some((known) => offline.has(known)),
        waiting: phones.reduce((count, { waiting }) => count + waiting.length, 0),
        ...defined({ voipHandle, locale }),
      };
    }),
    deadLetters,
    ...defined({ fault: parts.hub.faults.current() }),
  };
}
