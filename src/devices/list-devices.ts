import type { Device } from './device.ts';
import { isLive } from './is-live.ts';
import { readStoredDevice } from './read-stored-device.ts';
import type { RegistryContext } from './registry-context.ts';

/**
 * The devices of a user that can be pushed to, in order of their ids: active, not expired, and at most as many as
 * allowed, the newest ones. One storage request.
 *
 * A handle that moved to another user is not among them, without a look at the table `handles`: the move itself took
 * it out of the old row before it made the new one active.
 */
export async function listDevices(context: RegistryContext, recipientId: string): Promise<readonly Device[]> {
  const rows = await context.devices.list(recipientId);
  const live = rows
    .map(readStoredDevice)
    .flatMap((stored) => (isLive(stored, context.nowMs) ? [stored.device] : []));
  if (live.length <= context.devicesPerUser) return live;
  const newest = live.toSorted((left, right) => right.registeredAtMs - left.registeredAtMs);
  const kept = new Set(newest.slice(0, context.devicesPerUser));
  return live.filter((device) => kept.has(device));
}
