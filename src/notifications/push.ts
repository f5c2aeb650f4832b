/** A push platform, named as in the device API. Notification Hubs calls `apns` `apple`. */
export type Platform = 'apns' | 'fcmv1';

/** Which hub a push goes through: the app's own, or the one whose topic ends in `.voip`. */
export type HubTarget = 'alert' | 'voip';

/** One notification for one device, ready to send: what the push service receives, without the device handle. */
export interface Push {
  readonly platform: Platform;
  readonly target: HubTarget;
  /** Headers for the push service (`apns-*`); empty for FCM. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text of at most 4,096 UTF-8 bytes. */
  readonly body: string;
}

/** What shapes a push besides the notification and the device. */
export interface PushOptions {
  /** The current time, epoch milliseconds; the remaining lifetime counts from it. */
  readonly nowMs: number;
  /** True when a hub for the `.voip` topic is configured. */
  readonly voipHub: boolean;
  /** BCP 47 tag, used for devices whose locale has no texts. */
  readonly defaultLocale: string;
}

/** The part of a registered device that shapes its payload. */
export interface PushTarget {
  readonly recipientId: string;
  readonly deviceId: string;
  readonly platform: Platform;
  /** Present when the device can ring through PushKit. */
  readonly voipHandle?: string;
  /** BCP 47 tag. */
  readonly locale?: string;
}
