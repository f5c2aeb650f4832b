import { isLive } from './is-live.ts';
import type { StoredDevice } from './stored-device.ts';

// A registration or removal that did not finish in this time has crashed.
const UNFINISHED_MS = 3_600_000;

/** Whether a stored device can go: expired, unreadable, or what a registration or removal that crashed left. */
export function isDead(stored: StoredDevice, nowMs: number): boolean {
  if (isLive(stored, nowMs)) return false;
  return stored.active || (stored.device?.registeredAtMs ?? 0) <= nowMs - UNFINISHED_MS;
}
