import { isDead } from './is-dead.ts';
import { isLive } from './is-live.ts';
import type { RegistryContext } from './registry-context.ts';
import { retireDevice } from './retire-device.ts';
import type { StoredDevice } from './stored-device.ts';

/**
 * Makes room beside a device that was just registered: expired devices and the remains of crashed registrations go,
 * and then the ones registered longest ago until the user has no more than allowed. A device that was changed meanwhile
 * stays; the next registration looks again.
 */
export async function evictDevices(context: RegistryContext, others: readonly StoredDevice[]): Promise<void> {
  const alive = others.filter((other) => isLive(other, context.nowMs));
  const newestFirst = alive.toSorted(
    (left, right) => right.device.registeredAtMs - left.device.registeredAtMs,
  );
  const surplus = newestFirst.slice(Math.max(0, context.devicesPerUser - 1));
  const dead = others.filter((other) => isDead(other, context.nowMs));
  for (const stored of [...dead, ...surplus]) await retireDevice(context, stored);
}
