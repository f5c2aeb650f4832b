import type { SpanRecord } from './journal-record.ts';
import type { Delivery, Story } from './story.ts';

/** What became of an event, in one word and with its reason. */
export interface StoryEnd {
  readonly tone: 'running' | 'good' | 'neutral' | 'warning' | 'bad';
  /** `pushed`, `skipped`, `ignored`, `deferred`, `poison`; `failed` when the Function threw; `…` while it runs. */
  readonly word: string;
  readonly reason?: string;
}

/** Reads the {@link StoryEnd} from the last delivery; a duplicate takes nothing away from what was sent before. */
export function storyEnd(story: Story): StoryEnd {
  const last = story.deliveries.at(-1);
  if (last === undefined) {
    if (story.refusals.length > 0) return { tone: 'bad', word: 'refused' };
    return { tone: 'neutral', word: 'seen at the hub', reason: 'it came from somewhere else' };
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
      reason: 'a push has no final outcome: Event Grid comes back',
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

const tones: Readonly<Record<string, StoryEnd['tone']>> = {
  pushed: 'good',
  skipped: 'neutral',
  ignored: 'neutral',
  deferred: 'warning',
  poison: 'bad',
};

const isPushed = ({ spans }: Delivery) =>
  spans.some(({ attributes }) => attributes['acs.event.end'] === 'pushed');

function reasonOf(root: SpanRecord | undefined): string | undefined {
  const reason = root?.attributes['acs.event.reason'];
  return reason === undefined || reason === '' ? undefined : String(reason);
}
