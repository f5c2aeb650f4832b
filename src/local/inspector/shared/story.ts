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

/** One delivery of an event, and its result. */
export interface Delivery {
  readonly delivery: JournalEntry<DeliveryRecord>;
  readonly answer?: JournalEntry<AnswerRecord>;
  /** The span `acs.event` and all spans below it, by start time. */
  readonly spans: readonly SpanRecord[];
}

/** A push and what happened to it after the hub. */
export interface StoryPush {
  readonly push: JournalEntry<PushRecord>;
  readonly arrivals: readonly JournalEntry<ArrivalRecord>[];
  readonly drops: readonly JournalEntry<DropRecord>[];
}

/** Everything that one event caused. */
export interface Story {
  /** Stays the same while the story grows. */
  readonly key: string;
  readonly eventId?: string;
  readonly eventType?: string;
  readonly startedAtMs: number;
  readonly deliveries: readonly Delivery[];
  readonly pushes: readonly StoryPush[];
  readonly refusals: readonly JournalEntry<RefusalRecord>[];
  /** When the local Event Grid redelivers it, epoch milliseconds. */
  readonly redeliveryAtMs?: number;
  /** The local Event Grid has given up. */
  readonly givenUp: boolean;
}

/** The outcome of an event, in one word and with its reason. */
interface StoryEnd {
  readonly tone: 'running' | 'good' | 'neutral' | 'warning' | 'bad';
  /** `pushed`, `skipped`, `ignored`, `deferred`, `poison`; `failed` when the Function threw; `…` while it runs. */
  readonly word: string;
  readonly reason?: string;
}

const tones: Readonly<Record<string, StoryEnd['tone']>> = {
  pushed: 'good',
  skipped: 'neutral',
  ignored: 'neutral',
  deferred: 'warning',
  poison: 'bad',
};

/** Reads the {@link StoryEnd} from the last delivery; a duplicate after a push still counts as pushed. */
export function storyEnd(story: Story): StoryEnd {
  const last = story.deliveries.at(-1);
  if (last === undefined) {
    if (story.refusals.length > 0) return { tone: 'bad', word: 'refused' };
    return { tone: 'neutral', word: 'seen at the hub', reason: 'sent by another program' };
  }
  const root = last.spans.find(({ name }) => name === 'acs.event');
  const failed = last.answer !== undefined && last.answer.status >= 400;
  const end = root?.attributes['acs.event.end'];
  const reason = reasonOf(root) ?? (failed ? last.answer?.detail : undefined);
  const because = reason === undefined ? {} : { reason };
  if (story.givenUp) return { tone: 'bad', word: 'given up', ...because };
  if (failed && end === 'pushed') {
    return {
      tone: 'warning',
      word: 'not done',
      reason: 'a push has no final outcome: Event Grid will retry',
    };
  }
  if (reason === 'delivered-before' && story.deliveries.some(isPushed)) {
    return { tone: 'good', word: 'pushed', reason: 'delivered again, sent once' };
  }
  if (failed && end === undefined) return { tone: 'bad', word: 'failed', ...because };
  if (typeof end === 'string') return { tone: tones[end] ?? 'neutral', word: end, ...because };
  if (last.answer !== undefined) return { tone: 'good', word: 'done', ...because };
  return { tone: 'running', word: 'running' };
}

function reasonOf(root: SpanRecord | undefined): string | undefined {
  const reason = root?.attributes['acs.event.reason'];
  return reason === undefined || reason === '' ? undefined : String(reason);
}

function isPushed({ spans }: Delivery) {
  return spans.some(({ attributes }) => attributes['acs.event.end'] === 'pushed');
}
