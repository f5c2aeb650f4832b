import type { DeviceKey } from './device-key.ts';

/** Whether two keys name the same device. */
export function sameDevice(left: DeviceKey | undefined, right: DeviceKey): boolean {
  return left?.recipientId === right.recipientId && left.deviceId === right.deviceId;
}
