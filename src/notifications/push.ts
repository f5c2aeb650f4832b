/** A push platform, named as in the device API. Notification Hubs calls the first one `apple`. */
export type Platform = 'apns' | 'fcmv1';

/** Which hub a push goes through: the app's own, or the one whose topic ends in `.voip`. */
export type HubTarget = 'alert' | 'voip';

/** One notification for one device, ready to be sent: what the push service will get, but no device handle. */
export interface Push {
  readonly platform: Platform;
  readonly target: HubTarget;
  /** Headers for the push service (`apns-*`); empty for FCM. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text of at most 4,096 UTF-8 bytes. */
  readonly body: string;
}

/** What decides, beside notification and device, how a push looks. */
export interface PushOptions {
  /** The current time, epoch milliseconds: the time left is counted from it. */
  readonly nowMs: number;
  /** True when a hub for the `.voip` topic is configured. */
  readonly voipHub: boolean;
  /** BCP 47 tag for devices whose locale has no texts. */
  readonly defaultLocale: string;
}

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
