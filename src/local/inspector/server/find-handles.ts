import { maskHandle } from '../../../http/device-api.ts';
import { defined } from '../../../shared/json.ts';
import type { DeviceView } from './create-device-editor.ts';
import { makeHandles } from './make-handles.ts';

/** The whole handles of a device, as far as they are known here. */
export interface FoundHandles {
  readonly handle?: string;
  readonly voipHandle?: string;
}

/**
 * Finds the whole handles of a device, of which the device API tells only a mask: among those that the inspector makes,
 * or else among those that were pushed to.
 */
export function findHandles(device: DeviceView, seen: readonly string[]): FoundHandles {
  const { handle, voipHandle } = makeHandles(device.deviceId, device.platform);
  const find = (mask: string | undefined, made: string) =>
    mask === undefined ? undefined : [made, ...seen].find((candidate) => maskHandle(candidate) === mask);
  return defined({ handle: find(device.handle, handle), voipHandle: find(device.voipHandle, voipHandle) });
}
