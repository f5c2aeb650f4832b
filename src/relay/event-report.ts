import type { RelayError } from '../errors/errors.ts';
import type { EventIdentity, IgnoredReason } from '../events/relay-event.ts';
import type { UnmappedReason } from '../notifications/map-event.ts';
import type { NotificationKind } from '../notifications/notification.ts';
import type { HubTarget, Platform } from '../notifications/push.ts';
import type { SentPush } from './send-push.ts';

/** One notification for one device. */
export interface PushSubject {
  readonly kind: NotificationKind;
  readonly recipientId: string;
  readonly deviceId: string;
  readonly platform: Platform;
  readonly target: HubTarget;
}

/** The result of one push in one attempt at its event. */
export interface PushReport extends PushSubject, SentPush {
  /** With an accepted ring: from the time of its event to the hub's acceptance, milliseconds. */
  readonly ringLatencyMs?: number;
}

/**
 * Why a relayable event led to no push: `own-action` (the recipient did it), `no-devices`, `nobody-rung` (the call rang
 * no device through the relay), `answered` (the recipient is already in the call), `superseded` (the message was edited or
 * deleted since), `delivered-before` (a redelivery of an event that is done).
 */
export type SkippedReason =
  | UnmappedReason
  | 'no-devices'
  | 'nobody-rung'
  | 'answered'
  | 'superseded'
  | 'delivered-before';

/** The result of one event in one attempt. */
export type EventReport =
  | {
      readonly kind: 'pushed';
      readonly identity: EventIdentity;
      /** What this attempt tried to send, without pushes that an earlier attempt finished. */
      readonly pushes: readonly PushReport[];
      /** False: some pushes are still open, and Event Grid must redeliver the event. */
      readonly settled: boolean;
      /** Sent without the ledger, which was down. */
      readonly degraded?: true;
    }
  /** Another instance is working on it. Event Grid must redeliver the event in case that instance dies. */
  | { readonly kind: 'deferred'; readonly identity: EventIdentity; readonly reason: 'busy' }
  | { readonly kind: 'skipped'; readonly identity: EventIdentity; readonly reason: SkippedReason }
  | { readonly kind: 'ignored'; readonly identity: EventIdentity; readonly reason: IgnoredReason }
  | { readonly kind: 'poison'; readonly identity?: EventIdentity; readonly error: RelayError };
