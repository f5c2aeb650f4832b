import type { DeviceRegistry } from '../../../src/devices/device-registry.ts';
import { createDeviceRegistry } from '../../../src/devices/device-registry.ts';
import type { TableService } from '../../../src/storage/tables.ts';
import { benchHandle } from '../rivals/bench-push.ts';

/** Number of recipients. */
export const userCount = 100;

/** Returns the user of an index; the users repeat after {@link userCount}. */
export function benchUser(index: number): string {
  return `8:acs:5e3c1f2a-0000-4000-8000-6a1d2b3c4d5e_00000015-${String(index % userCount).padStart(4, '0')}`;
}

/** Registers one device per user: in turn an iPhone that rings by VoIP, and an Android phone. */
export async function registerBenchUsers(tables: TableService): Promise<DeviceRegistry> {
  const registry = createDeviceRegistry({
    devices: tables.table('devices'),
    handles: tables.table('handles'),
    expiries: tables,
    clock: Date.now,
    deviceTtlMs: 180 * 86_400_000,
    devicesPerUser: 25,
  });
  for (let index = 0; index < userCount; index += 1) {
    const isApple = index % 2 === 0;
    await registry.register(benchUser(index), 'phone', {
      platform: isApple ? 'apns' : 'fcmv1',
      handle: isApple ? benchHandle(index) : `fcm-${benchHandle(index)}`,
      ...(isApple ? { voipHandle: benchHandle(index + userCount) } : {}),
    });
  }
  return registry;
}
