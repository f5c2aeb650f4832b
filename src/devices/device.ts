import type { Platform } from '../notifications/push.ts';

/** One installation of the app, as registered by it. */
export interface Device {
  /** rawId of the user it belongs to. */
  readonly recipientId: string;
  readonly deviceId: string;
  readonly platform: Platform;
  /** APNs device token or FCM registration token. A secret: whoever has it can be pushed to. */
  readonly handle: string;
  /** PushKit token of an iOS device. */
  readonly voipHandle?: string;
  /** BCP 47 tag the app registered with. */
  readonly locale?: string;
  readonly registeredAtMs: number;
  readonly expiresAtMs: number;
}

/** What names a device: its user's rawId and the id the app chose. */
export interface DeviceKey {
  readonly recipientId: string;
  readonly deviceId: string;
}

/** Whether two keys name the same device. */
export function sameDevice(left: DeviceKey | undefined, right: DeviceKey): boolean {
  return left?.recipientId === right.recipientId && left.deviceId === right.deviceId;
}
