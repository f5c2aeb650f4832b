import { isLive } from './is-live.ts';
import type { RegistryContext } from './registry-context.ts';
import { retireDevice } from './retire-device.ts';
import type { StoredDevice } from './stored-device.ts';

// A registration or removal that did not finish in this time has crashed.
const UNFINISHED_MS = 3_600_000;

/**
 * Makes room beside a device that was just registered: expired devices and the remains of crashed registrations go,
 * and then the ones registered longest ago until the user has no more than allowed. A device that was changed meanwhile
 * stays; the next registration looks again.
 */
export async function evictDevices(context: RegistryContext, others: readonly StoredDevice[]): Promise<void> {
  const alive = others.filter((other) => isLive(other, context.nowMs));
  const newestFirst = alive.toSorted((left, right) => registeredAtMs(right) - registeredAtMs(left));
  const surplus = newestFirst.slice(Math.max(0, context.devicesPerUser - 1));
  const dead = others.filter((other) => {
    if (isLive(other, context.nowMs)) return false;
    return other.active || registeredAtMs(other) <= context.nowMs - UNFINISHED_MS;
  });
  for (const stored of [...dead, ...surplus]) await retireDevice(context, stored);
}

function registeredAtMs(stored: StoredDevice): number {
  return stored.device?.registeredAtMs ?? 0;
}
