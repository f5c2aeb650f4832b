import type { Clock } from '../shared/time.ts';
import type { Device } from './device.ts';
import { type DeviceTables, isLive, type RegistryContext, readStoredDevice } from './device-rows.ts';
import { type Registered, registerDevice } from './register-device.ts';
import type { DeviceRegistration } from './registration.ts';
import { type Pruned, pruneHandle, removeDevice } from './remove-device.ts';
import { type ExpirySweep, type SweepBounds, sweepExpired } from './sweep-expired.ts';

/**
 * Who can be pushed to, and where. Ids and registrations are expected to be checked (`parseUserId`, `isDeviceId`,
 * `parseRegistration`). Every operation throws a `RelayError` with the code `STORAGE_UNAVAILABLE` when storage fails or
 * others keep changing the same rows; it can then be repeated without harm, and repeating it finishes what was begun.
 */
export interface DeviceRegistry {
  /** Stores a device, or renews it. Its handles leave whoever had them; the user's oldest surplus device goes. */
  readonly register: (
    recipientId: string,
    deviceId: string,
    registration: DeviceRegistration,
  ) => Promise<Registered>;
  /** The device, unless it is absent or expired. */
  readonly get: (recipientId: string, deviceId: string) => Promise<Device | undefined>;
  /** All devices that can be pushed to, in order of their ids. One storage request: all that a push needs. */
  readonly list: (recipientId: string) => Promise<readonly Device[]>;
  readonly remove: (recipientId: string, deviceId: string) => Promise<'removed' | 'not-found'>;
  /** Removes everything about a user. One who registers meanwhile stays. */
  readonly erase: (recipientId: string) => Promise<void>;
  /**
   * Removes a handle that the push service called dead at `evidenceAtMs`, unless it was registered or renewed since.
   */
  readonly prune: (handle: string, evidenceAtMs: number) => Promise<Pruned>;
  /** Removes expired devices of users who never came back, with their handles. One that was renewed stays. */
  readonly sweepExpired: (bounds: SweepBounds) => Promise<ExpirySweep>;
}

/** What a registry is made of: its tables, the time, and its limits. */
interface DeviceRegistryDeps extends DeviceTables {
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

/**
 * The devices of a user that can be pushed to, in order of their ids: active, not expired, and at most as many as
 * allowed, the newest ones. One storage request.
 *
 * A handle that moved to another user is not among them, without a look at the table `handles`: the move itself took
 * it out of the old row before it made the new one active.
 */
async function listDevices(context: RegistryContext, recipientId: string): Promise<readonly Device[]> {
  const rows = await context.devices.list(recipientId);
  const live = rows
    .map(readStoredDevice)
    .flatMap((stored) => (isLive(stored, context.nowMs) ? [stored.device] : []));
  if (live.length <= context.devicesPerUser) return live;
  const newest = live.toSorted((left, right) => right.registeredAtMs - left.registeredAtMs);
  const kept = new Set(newest.slice(0, context.devicesPerUser));
  return live.filter((device) => kept.has(device));
}
