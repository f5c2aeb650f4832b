import type { PushOutcome } from '../../notification-hubs/push-outcome.ts';
import type { NotificationKind } from '../../notifications/notification.ts';
import type { HubTarget } from '../../notifications/push.ts';

/** One request to a hub as it would have gone out, but without its signature. */
export interface ReplayedRequest {
  readonly url: string;
  /** All headers but `authorization`, in the order of their names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Length of the body in UTF-8, bytes. */
  readonly bodyBytes: number;
  /** The body, parsed. */
  readonly body: unknown;
}

/** What became of one push. */
export interface ReplayedPush {
  readonly deviceId: string;
  readonly kind: NotificationKind;
  readonly hub: HubTarget;
  readonly outcome: PushOutcome['kind'];
  /** Absent when the push was never sent, because its time was over. */
  readonly request?: ReplayedRequest;
}

/** What became of one event of a recording. */
export interface ReplayedEvent {
  readonly type?: string;
  readonly id?: string;
  readonly end: 'pushed' | 'deferred' | 'skipped' | 'ignored' | 'poison';
  /** Why there is no push; for poison the code of the error. */
  readonly reason?: string;
  /** What is wrong with a poison event, and how to mend it. */
  readonly detail?: string;
  readonly pushes: readonly ReplayedPush[];
}

/** What became of one recording. */
export interface Replayed {
  readonly name: string;
  readonly events: readonly ReplayedEvent[];
}
