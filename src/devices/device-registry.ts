import type { Clock } from '../shared/time.ts';
import type { Device } from './device.ts';
import type { DeviceTables } from './device-tables.ts';
import { isDeviceRow, liveDevice, readStoredDevice } from './device-tables.ts';
import { type Registered, type RegistryContext, registerDevice } from './register-device.ts';
import type { DeviceRegistration } from './registration.ts';
import { type Pruned, pruneHandle, removeDevice } from './remove-device.ts';
import { type ExpirySweep, type SweepBounds, sweepExpired } from './sweep-expired.ts';

export type { Pruned } from './remove-device.ts';

/**
 * Which devices a user has, and where they can be pushed to. Callers check ids and registrations first (`parseUserId`,
 * `isDeviceId`, `parseRegistration`). Every operation throws a `RelayError` with the code `STORAGE_UNAVAILABLE` when
 * storage fails or concurrent writers keep changing the same rows. It is then safe to repeat the operation, which
 * finishes what was begun.
 */
export interface DeviceRegistry {
  /**
   * Stores a device, or renews it. Its handles are taken from any device that had them, and the user's oldest surplus
   * device is removed.
   */
  readonly register: (
    recipientId: string,
    deviceId: string,
    registration: DeviceRegistration,
  ) => Promise<Registered>;
  /** The device, unless it is absent or expired. */
  readonly get: (recipientId: string, deviceId: string) => Promise<Device | undefined>;
  /** All devices of a user that can be pushed to, in order of their ids. One storage request, the only one a push needs. */
  readonly list: (recipientId: string) => Promise<readonly Device[]>;
  readonly remove: (recipientId: string, deviceId: string) => Promise<'removed' | 'not-found'>;
  /** Removes everything about a user. A device that is registered concurrently stays. */
  readonly erase: (recipientId: string) => Promise<void>;
  /**
   * Removes a handle that the push service reported dead at `evidenceAtMs`, unless it was registered or renewed since.
   */
  readonly prune: (handle: string, evidenceAtMs: number) => Promise<Pruned>;
  /** Removes expired devices of users who never came back, with their handles. A device that was renewed stays. */
  readonly sweepExpired: (bounds: SweepBounds) => Promise<ExpirySweep>;
}

interface DeviceRegistryDeps extends DeviceTables {
  readonly clock: Clock;
  readonly deviceTtlMs: number;
  readonly devicesPerUser: number;
}

/** The {@link DeviceRegistry} on its tables. It keeps no state, so any number of them can share the same tables. */
export function createDeviceRegistry(deps: DeviceRegistryDeps): DeviceRegistry {
  const { clock, ...rest } = deps;
  const context = (): RegistryContext => ({ ...rest, nowMs: clock() });
  return {
    register: (recipientId, deviceId, registration) => {
      return registerDevice(context(), { recipientId, deviceId }, registration);
    },
    get: async (recipientId, deviceId) => {
      const row = await deps.devices.get(recipientId, deviceId);
      return row && liveDevice(readStoredDevice(row), clock());
    },
    list: (recipientId) => listDevices(context(), recipientId),
    remove: (recipientId, deviceId) => removeDevice(deps, { recipientId, deviceId }),
    erase: async (recipientId) => {
      for (const row of await deps.devices.list(recipientId)) {
        if (isDeviceRow(row)) await removeDevice(deps, { recipientId, deviceId: row.rowKey });
        else await deps.devices.remove(recipientId, row.rowKey);
      }
    },
    prune: (handle, evidenceAtMs) => pruneHandle(deps, handle, evidenceAtMs),
    sweepExpired: (bounds) => sweepExpired(deps, clock, bounds),
  };
}

/**
 * Lists the devices of a user that can be pushed to, in order of their ids: the active ones that have not expired, and
 * of these the newest, up to the limit.
 *
 * A handle that moved to another user needs no check against the table `handles`: the move removes it from the old row
 * before it makes the new one active.
 */
async function listDevices(context: RegistryContext, recipientId: string): Promise<readonly Device[]> {
  const rows = await context.devices.list(recipientId);
  const live = rows
    .filter(isDeviceRow)
    .map((row) => liveDevice(readStoredDevice(row), context.nowMs))
    .filter((device) => device !== undefined);
  if (live.length <= context.devicesPerUser) return live;
  const newest = live.toSorted((left, right) => right.registeredAtMs - left.registeredAtMs);
  const kept = new Set(newest.slice(0, context.devicesPerUser));
  return live.filter((device) => kept.has(device));
}
