import type { Platform } from '../notifications/push.ts';

/** Identifies a device: the rawId of its user and the id that the app chose. */
export interface DeviceKey {
  readonly recipientId: string;
  readonly deviceId: string;
}

/** One registered installation of the app. */
export interface Device extends DeviceKey {
  readonly platform: Platform;
  /** APNs device token or FCM registration token. A secret: it is all that is needed to push to the device. */
  readonly handle: string;
  /** PushKit token; iOS only. */
  readonly voipHandle?: string;
  /** BCP 47 tag that the app registered with. */
  readonly locale?: string;
  readonly registeredAtMs: number;
  readonly expiresAtMs: number;
}

/** Whether two keys name the same device. */
export function sameDevice(left: DeviceKey | undefined, right: DeviceKey): boolean {
  return left?.recipientId === right.recipientId && left.deviceId === right.deviceId;
}

/**
 * The part of a device handle that may be shown: its first four characters and its length, enough to tell a user's
 * devices apart. Handles have at least 20 characters (FCM) or 64 hex digits (APNs), so four of them are of no use for
 * pushing.
 */
export function maskHandle(handle: string): string {
  return `${handle.slice(0, 4)}… (${handle.length} characters)`;
}
