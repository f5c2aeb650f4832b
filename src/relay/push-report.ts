import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import type { NotificationKind } from '../notifications/notification.ts';
import type { HubTarget, Platform } from '../notifications/push.ts';
import type { HubPlace } from './hub-place.ts';

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
  readonly via?: HubPlace;
  /** What failed on the way, each once, such as `primary misconfigured`; absent when nothing did. */
  readonly failures?: readonly string[];
  /** With an accepted ring: from the time of its event to the hub's acceptance, milliseconds. */
  readonly ringLatencyMs?: number;
}
