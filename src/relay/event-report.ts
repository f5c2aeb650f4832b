import type { RelayError } from '../errors/errors.ts';
import type { EventIdentity, IgnoredReason } from '../events/relay-event.ts';
import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import type { UnmappedReason } from '../notifications/map-event.ts';
import type { NotificationKind } from '../notifications/notification.ts';
import type { HubTarget, Platform } from '../notifications/push.ts';

/** Which hub of a pair: the one that is used, or the one that stands in for it. */
export type HubRole = 'primary' | 'secondary';

/** What became of one push in one attempt at its event. */
export interface PushReport {
  readonly kind: NotificationKind;
  readonly recipientId: string;
  readonly deviceId: string;
  readonly platform: Platform;
  readonly target: HubTarget;
  /** HTTP requests that were made for it. */
  readonly tries: number;
  readonly outcome: PushOutcome;
  /** The device may have the push, whatever the outcome says: a try before the last one ended as `unknown`. */
  readonly mayHaveArrived?: true;
  /** The hub that was asked last; absent when none was. */
  readonly via?: HubRole;
  /** What failed on the way, each once, such as `primary misconfigured`; absent when nothing did. */
  readonly failures?: readonly string[];
  /** With an accepted ring: from the time of its event to the hub's acceptance, milliseconds. */
  readonly ringLatencyMs?: number;
}

/**
 * Why nobody was told although the event could tell somebody: `own-action` (the recipient did it), `no-devices`,
 * `nobody-rung` (a call that rang nowhere through the relay), `answered` (the recipient is in the call already),
 * `delivered-before` (a redelivery of an event that is done).
 */
export type SkippedReason = UnmappedReason | 'no-devices' | 'nobody-rung' | 'answered' | 'delivered-before';

/** What became of one event. */
export type EventReport =
  | {
      readonly kind: 'pushed';
      readonly identity: EventIdentity;
      /** What this attempt tried to send; pushes that were final before are not in it. */
      readonly pushes: readonly PushReport[];
      /** False: some pushes are still open, and Event Grid must come back. */
      readonly settled: boolean;
      /** Sent without the ledger, which was down. */
      readonly degraded?: true;
    }
  /** Another instance is at it: Event Grid must come back, in case that one dies. */
  | { readonly kind: 'deferred'; readonly identity: EventIdentity; readonly reason: 'busy' }
  | { readonly kind: 'skipped'; readonly identity: EventIdentity; readonly reason: SkippedReason }
  | { readonly kind: 'ignored'; readonly identity: EventIdentity; readonly reason: IgnoredReason }
  | { readonly kind: 'poison'; readonly identity?: EventIdentity; readonly error: RelayError };

/**
 * How an event ended, as it is told: its report, or, when it could not be handled and Event Grid must come back, the code
 * of the error.
 */
export type EventEnd =
  | EventReport
  | { readonly kind: 'deferred'; readonly identity?: EventReport['identity']; readonly reason: string };

/** How the ledger took it: `lost` to another owner, or `failed`. Where it was down from the start nothing is written. */
export type SettleEnd = 'settled' | 'lost' | 'failed';
