import type { Device } from './device.ts';
import type { DeviceRegistration } from './device-registration.ts';
import type { Pruned } from './prune-handle.ts';
import type { Registered } from './register-device.ts';
import type { ExpirySweep, SweepBounds } from './sweep-expired.ts';

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
