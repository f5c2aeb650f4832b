import type { ReceivedPush } from '../hub-record.ts';

/** A push that APNs or FCM keeps until the phone is online. */
export interface WaitingPush {
  readonly push: ReceivedPush;
  readonly sinceMs: number;
  /** When it is dropped; the storage limit of the service where the push names no time. */
  readonly expiresAtMs: number;
  /** APNs: `apns-collapse-id`. FCM: `collapse_key`, or {@link packageCollapseKey} for a notification without one. */
  readonly collapseId?: string;
}

/** A push that reached the phone. */
interface DeliveredPush {
  readonly push: ReceivedPush;
  readonly atMs: number;
}

/**
 * Why a push never reached an offline phone: its time was over; a newer one with its collapse id took its place; it
 * allowed no storing (`apns-expiration: 0`, `ttl: "0s"`); APNs keeps one per app (`only-one-kept`); FCM keeps four
 * collapse keys (`over-four-keys`); FCM drops everything when more than 100 wait (`over-100`).
 */
export type DropReason =
  | 'expired'
  | 'replaced'
  | 'not-stored'
  | 'only-one-kept'
  | 'over-four-keys'
  | 'over-100';

/** A push that was dropped before it reached the phone. */
interface DroppedPush {
  readonly push: ReceivedPush;
  readonly atMs: number;
  readonly why: DropReason;
}

/** A collapse key, and when the last push that has it is over. */
interface LiveCollapseKey {
  readonly key: string;
  readonly untilMs: number;
}

/** One device handle that was pushed to, as the push service knows it. Plain data, but for the whole handle. */
export interface Phone {
  readonly handle: string;
  readonly platform: 'apns' | 'fcmv1';
  /** Hubs it was pushed to through. */
  readonly hubs: readonly string[];
  readonly online: boolean;
  /** What waits while it is offline, oldest first. */
  readonly waiting: readonly WaitingPush[];
  /** What reached it, oldest first; the newest 200. */
  readonly delivered: readonly DeliveredPush[];
  /** What never will, oldest first; the newest 200. */
  readonly dropped: readonly DroppedPush[];
  /** FCM: collapse keys of pushes whose time is not over; FCM may have to keep a message for each. */
  readonly collapseKeys: readonly LiveCollapseKey[];
  /** FCM: messages were dropped at 100, and the app is told so (`onDeletedMessages`) when it is online again. */
  readonly owesDeletedMessages: boolean;
  /** FCM: when the app was told, oldest first. */
  readonly deletedMessagesAtMs: readonly number[];
}

/** FCM's collapse key of a notification that names none: the app's package name, which the emulator does not know. */
export const packageCollapseKey = '(package name)';
