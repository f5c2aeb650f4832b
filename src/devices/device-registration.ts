import type { Platform } from '../notifications/push.ts';

/** What an app tells about itself when it registers, checked and in one spelling. */
export interface DeviceRegistration {
  readonly platform: Platform;
  /** APNs device token in lower-case hex, or FCM registration token. */
  readonly handle: string;
  /** PushKit token in lower-case hex, only with `apns`. */
  readonly voipHandle?: string;
  /** Canonical BCP 47 tag. */
  readonly locale?: string;
}
