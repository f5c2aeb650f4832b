import type { FeedbackRecord } from './feedback-record.ts';
import type { FeedbackRefusal } from './feedback-refusal.ts';

/** What was read of a hub's feedback. */
export interface FeedbackRead {
  readonly kind: 'read';
  /** Documents that were read, each handed to the visitor. */
  readonly documents: number;
  /** Documents that are broken; they were passed over. */
  readonly broken: number;
  readonly blobs: number;
  /** Why not everything was read; absent when it was. What was read counts nevertheless. */
  readonly unread?: string;
}

/** Reads the feedback of push services that one hub keeps. Remembers nothing. */
export interface FeedbackReader {
  /**
   * Hands every record of the last days to the visitor, in no order. Never throws for what Azure said or did.
   *
   * @param timeoutMs - longest time until the result.
   */
  readonly read: (
    visit: (record: FeedbackRecord) => void,
    timeoutMs: number,
  ) => Promise<FeedbackRead | FeedbackRefusal>;
}
