import type { FeedbackRefusal } from '../notification-hubs/feedback/feedback-container.ts';

/** What the feedback of one hub led to. Handles are counted once, however often the hub names them. */
export interface Pruning {
  readonly kind: 'pruned';
  /** Documents of the feedback that were read. */
  readonly read: number;
  /** Documents that were passed over: broken, or from the future. */
  readonly skipped: number;
  /** Handles that the push services call dead. */
  readonly dead: number;
  /** Of these: removed, with their device or, for a VoIP handle, without it. */
  readonly removed: number;
  /** Of these: registered after the evidence. */
  readonly kept: number;
  /** Of these: nobody's, mostly removed by an earlier run. */
  readonly unknown: number;
  /** Of these: not got to. The next run does. */
  readonly left: number;
  /** Handles whose error may be the hub's own fault, such as credentials of the wrong environment. None was removed. */
  readonly suspect: number;
  /** Why a part of the feedback was not read. */
  readonly unread?: string;
  /** Why pruning ended early. */
  readonly failure?: unknown;
}

/** The end of one hub's pruning; for a refusal nothing was pruned. */
export type PruneReport = Pruning | FeedbackRefusal;
