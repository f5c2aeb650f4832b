import type {
  AnswerRecord,
  ArrivalRecord,
  DeliveryRecord,
  DropRecord,
  JournalEntry,
  PushRecord,
  RefusalRecord,
  SpanRecord,
} from './journal-record.ts';

/** One delivery of an event, and what the app did with it. */
export interface Delivery {
  readonly delivery: JournalEntry<DeliveryRecord>;
  readonly answer?: JournalEntry<AnswerRecord>;
  /** The span `acs.event`, and everything below it, in the order in which they began. */
  readonly spans: readonly SpanRecord[];
}

/** A push and what became of it after the hub. */
export interface StoryPush {
  readonly push: JournalEntry<PushRecord>;
  readonly arrivals: readonly JournalEntry<ArrivalRecord>[];
  readonly drops: readonly JournalEntry<DropRecord>[];
}

/** Everything that happened because of one event. */
export interface Story {
  /** Stays the same while the story grows. */
  readonly key: string;
  readonly eventId?: string;
  readonly eventType?: string;
  readonly startedAtMs: number;
  readonly deliveries: readonly Delivery[];
  readonly pushes: readonly StoryPush[];
  readonly refusals: readonly JournalEntry<RefusalRecord>[];
  /** When the local Event Grid comes back with it, epoch milliseconds. */
  readonly redeliveryAtMs?: number;
  /** The local Event Grid has given it up. */
  readonly givenUp: boolean;
}
