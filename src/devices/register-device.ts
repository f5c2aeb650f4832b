import type { Device } from './device.ts';
import { deviceCells } from './device-cells.ts';
import type { DeviceKey } from './device-key.ts';
import type { DeviceRegistration } from './device-registration.ts';
import { evictDevices } from './evict-devices.ts';
import { fileExpiry } from './file-expiry.ts';
import { handleHashes } from './handle-hashes.ts';
import type { HandleOwner } from './handle-owner.ts';
import { isLive } from './is-live.ts';
import { readHandleOwner } from './read-handle-owner.ts';
import { readStoredDevice } from './read-stored-device.ts';
import type { RegistryContext } from './registry-context.ts';
import { repeatWhileStale } from './repeat-while-stale.ts';
import { sameDevice } from './same-device.ts';
import type { StoredDevice } from './stored-device.ts';
import { takeOverHandles } from './take-over-handles.ts';

/** A registration that was stored: a new device, or one that was there. */
export interface Registered {
  readonly kind: 'created' | 'replaced';
  readonly device: Device;
}

/**
 * Registers a device so that no handle is ever active for two devices, whatever crashes and whoever comes in between:
 *
 * 1. reserve: the row of the device is written (a new one inactive, so nobody sees it), its ETag becomes the fence;
 * 2. claim: the row of each handle names this device as owner, and those before as former owners;
 * 3. take: each former owner loses the handle, and its ETag changes even if it does not hold it (yet);
 * 4. activate: the row becomes active with the new handles, only if the fence still stands;
 * 5. tidy: former owners are forgotten, handles the device had before are released, the oldest devices go.
 *
 * Why that is enough: a device becomes active with a handle only by step 4 after its own step 3, and every device that
 * holds the handle, or could still come to hold it, is named in the row of the handle. So a later claim takes it from
 * all of them, and one that was slower finds its fence broken in step 4 and begins again. A crash leaves the handle
 * with the old owner (before 3), with nobody (before 4) or with the new one; the next registration of any of them
 * repairs the rest. A renewal that changes nothing is one write by ETag.
 *
 * Before step 1 a device that has no row yet is filed in the expiry index, once: see `DeviceTables.expiries`.
 */
export async function registerDevice(
  context: RegistryContext,
  key: DeviceKey,
  registration: DeviceRegistration,
): Promise<Registered> {
  const { nowMs: registeredAtMs, deviceTtlMs } = context;
  const device: Device = {
    ...key,
    ...registration,
    registeredAtMs,
    expiresAtMs: registeredAtMs + deviceTtlMs,
  };
  const hashes = handleHashes(device);
  return repeatWhileStale(async () => {
    const [rows, owners] = await Promise.all([
      context.devices.list(key.recipientId),
      Promise.all(hashes.map((hash) => readHandleOwner(context.handles, hash))),
    ]);
    const stored = rows.map(readStoredDevice);
    const own = stored.find((other) => other.row.rowKey === key.deviceId);
    // Before the row is made, so that no crash leaves a device that no sweep ever finds.
    const sweepDay = own?.sweepDay ?? (await fileExpiry(context.expiries, device));
    if (isRenewal(own, hashes, owners)) {
      const written = await renew(context, own, device, sweepDay);
      if (written === 'stale') return 'stale';
    } else if ((await takeOverHandles(context, own, device, owners, sweepDay)) === 'stale') {
      return 'stale';
    }
    await evictDevices(
      context,
      stored.filter((other) => other !== own),
    );
    return { kind: own !== undefined && isLive(own, context.nowMs) ? 'replaced' : 'created', device };
  });
}

/** Whether the device is active with just these handles, and owns them with nobody before it. */
function isRenewal(
  own: StoredDevice | undefined,
  hashes: readonly string[],
  owners: readonly HandleOwner[],
): own is StoredDevice {
  if (own?.device === undefined || !own.active) return false;
  const { recipientId, deviceId } = own.device;
  return (
    handleHashes(own.device).join() === hashes.join() &&
    own.claims.join() === hashes.join() &&
    owners.every(({ owner, former }) => sameDevice(owner, { recipientId, deviceId }) && former.length === 0)
  );
}

async function renew(context: RegistryContext, own: StoredDevice, device: Device, sweepDay: string) {
  const cells = deviceCells(device, true, own.claims, sweepDay);
  const written = await context.devices.replace(device.recipientId, device.deviceId, cells, own.row.etag);
  return written.kind;
}
