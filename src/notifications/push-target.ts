import type { Platform } from './push.ts';

/** What a payload needs to know of a device. A registered device is one. */
export interface PushTarget {
  readonly recipientId: string;
  readonly deviceId: string;
  readonly platform: Platform;
  /** Present when the device can be rung through PushKit. */
  readonly voipHandle?: string;
  /** BCP 47 tag. */
  readonly locale?: string;
}
