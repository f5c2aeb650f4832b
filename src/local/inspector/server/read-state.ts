import { defined } from '../../../shared/json.ts';
import { maskHandle } from '../../hub-emulator/mask-handle.ts';
import type { Phone } from '../../hub-emulator/phones/phone.ts';
import { people } from '../scenarios/people.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import type { InspectorState, ShownDevice } from '../shared/inspector-state.ts';
import type { DeviceEditor, DeviceView } from './create-device-editor.ts';
import { findHandles } from './find-handles.ts';
import type { InspectorParts } from './inspector-parts.ts';
import { readDeadLetters } from './read-dead-letters.ts';

/** Reads everything that the page shows beside the journal. */
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
    ...defined({ fault: parts.hub.faults.current() }),
  };
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
    ...defined({
      voipHandle: found.voipHandle === undefined ? device.voipHandle : maskHandle(found.voipHandle),
      locale,
    }),
  };
}
