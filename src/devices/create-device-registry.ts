import type { Clock } from '../shared/time.ts';
import type { DeviceRegistry } from './device-registry.ts';
import type { DeviceTables } from './device-tables.ts';
import { isLive } from './is-live.ts';
import { listDevices } from './list-devices.ts';
import { pruneHandle } from './prune-handle.ts';
import { readStoredDevice } from './read-stored-device.ts';
import { registerDevice } from './register-device.ts';
import type { RegistryContext } from './registry-context.ts';
import { removeDevice } from './remove-device.ts';
import { sweepExpired } from './sweep-expired.ts';

/** What a registry is made of: its tables, the time, and its limits. */
export interface DeviceRegistryDeps extends DeviceTables {
  readonly clock: Clock;
  readonly deviceTtlMs: number;
  readonly devicesPerUser: number;
}

/** The {@link DeviceRegistry} on its tables. It keeps no state of its own, so that many may work on the same tables. */
export function createDeviceRegistry(deps: DeviceRegistryDeps): DeviceRegistry {
  const { clock, ...rest } = deps;
  const context = (): RegistryContext => ({ ...rest, nowMs: clock() });
  return {
    register: (recipientId, deviceId, registration) => {
      return registerDevice(context(), { recipientId, deviceId }, registration);
    },
    get: async (recipientId, deviceId) => {
      const row = await deps.devices.get(recipientId, deviceId);
      if (row === undefined) return undefined;
      const stored = readStoredDevice(row);
      return isLive(stored, clock()) ? stored.device : undefined;
    },
    list: (recipientId) => listDevices(context(), recipientId),
    remove: (recipientId, deviceId) => removeDevice(deps, { recipientId, deviceId }),
    erase: async (recipientId) => {
      for (const { rowKey } of await deps.devices.list(recipientId)) {
        await removeDevice(deps, { recipientId, deviceId: rowKey });
      }
    },
    prune: (handle, evidenceAtMs) => pruneHandle(deps, handle, evidenceAtMs),
    sweepExpired: (bounds) => sweepExpired(deps, clock, bounds),
  };
}
