import type { ReceivedPush } from '../hub-record.ts';

/** A push that APNs or FCM stores until the phone is online. */
export interface WaitingPush {
  readonly push: ReceivedPush;
  readonly sinceMs: number;
  /** When it is dropped; the storage limit of the service when the push has no expiry. */
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
 * Why a push never reached an offline phone: it expired; a newer one with its collapse id replaced it; it forbade storage
 * (`apns-expiration: 0`, `ttl: "0s"`); APNs keeps one per app (`only-one-kept`); FCM keeps four collapse keys
 * (`over-four-keys`); FCM drops everything when more than 100 wait (`over-100`).
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

/** A collapse key, and when its last push expires. */
interface LiveCollapseKey {
  readonly key: string;
  readonly untilMs: number;
}

/** A device handle as its push service sees it. Contains the unmasked handle. */
export interface Phone {
  readonly handle: string;
  readonly platform: 'apns' | 'fcmv1';
  /** Hubs that pushed to it. */
  readonly hubs: readonly string[];
  readonly online: boolean;
  /** Pushes that wait while it is offline, oldest first. */
  readonly waiting: readonly WaitingPush[];
  /** Oldest first; the newest 200. */
  readonly delivered: readonly DeliveredPush[];
  /** Oldest first; the newest 200. */
  readonly dropped: readonly DroppedPush[];
  /** FCM: collapse keys of unexpired pushes; FCM may have to store a message for each. */
  readonly collapseKeys: readonly LiveCollapseKey[];
  /** FCM: messages were dropped at 100, and `onDeletedMessages` is due when the phone is online again. */
  readonly owesDeletedMessages: boolean;
  /** FCM: times of `onDeletedMessages`, oldest first. */
  readonly deletedMessagesAtMs: readonly number[];
}

/** FCM's default collapse key of a notification: the app's package name, which the emulator does not know. */
export const packageCollapseKey = '(package name)';
