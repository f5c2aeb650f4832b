import type { Device } from '../devices/device.ts';
import { maskHandle } from './mask-handle.ts';

/** A device as the API shows it: times in ISO 8601, handles masked. */
export function deviceView(device: Device): Readonly<Record<string, string>> {
  const { deviceId, platform, handle, voipHandle, locale, registeredAtMs, expiresAtMs } = device;
  return {
    deviceId,
    platform,
    handle: maskHandle(handle),
    ...(voipHandle === undefined ? {} : { voipHandle: maskHandle(voipHandle) }),
    ...(locale === undefined ? {} : { locale }),
    registeredAt: new Date(registeredAtMs).toISOString(),
    expiresAt: new Date(expiresAtMs).toISOString(),
  };
}
