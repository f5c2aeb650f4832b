import type { Platform } from '../../notifications/push.ts';

/** What a push service told the hub about one handle. */
export interface FeedbackRecord {
  /** When the hub was told, epoch milliseconds, rounded down. */
  readonly feedbackTimeMs: number;
  /** Name of the error as the hub writes it, such as `ExpiredChannel`. */
  readonly error: string;
  /** `other` for push services that the relay does not send through. */
  readonly platform: Platform | 'other';
  /** A secret, like every device handle. */
  readonly handle: string;
}
