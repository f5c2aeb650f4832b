import type { Device } from './device.ts';
import type { StoredDevice } from './stored-device.ts';

/** Whether a stored device can be pushed to: readable, active and not expired. */
export function isLive(
  stored: StoredDevice,
  nowMs: number,
): stored is StoredDevice & { readonly device: Device } {
  return stored.active && stored.device !== undefined && stored.device.expiresAtMs > nowMs;
}
