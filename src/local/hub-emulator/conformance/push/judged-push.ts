import type { Phone } from '../../phones/phone.ts';

/** A push as the rules of Notification Hubs, APNs and FCM see it. */
export interface JudgedPush {
  readonly format: 'apple' | 'fcmv1';
  /** True when the hub's APNs topic is the bundle id with `.voip`. */
  readonly voipHub: boolean;
  readonly deviceHandles: readonly string[];
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  /** The payload, parsed. */
  readonly payload: unknown;
  /** Length of the payload in UTF-8 bytes. */
  readonly bodyBytes: number;
  /** The phones it is for, as they are before it; one that was never pushed to is not among them. */
  readonly phones: readonly Phone[];
  readonly nowMs: number;
}
