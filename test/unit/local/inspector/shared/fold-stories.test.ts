import { describe, expect, it } from 'vitest';
import { foldStories } from '../../../../../src/local/inspector/shared/fold-stories.ts';
import type {
  AnswerRecord,
  DeliveryRecord,
  SpanRecord,
} from '../../../../../src/local/inspector/shared/journal-record.ts';
import { storyEnd } from '../../../../../src/local/inspector/shared/story.ts';
import { applePush, journalOf } from '../../../../support/journal.ts';

const nineMs = Date.UTC(2026, 10, 22, 9);
const type = 'Microsoft.Communication.ChatMessageReceived';

const delivery = (deliveryId: string, event: unknown = { id: 'e1', eventType: type }, attempt = 1) =>
  ({ kind: 'delivery', deliveryId, functionName: 'relayChat', attempt, event }) satisfies DeliveryRecord;
const answer = (deliveryId: string, status: number): AnswerRecord => ({ kind: 'answer', deliveryId, status });
const span = (
  spanId: string,
  name: string,
  startMs: number,
  attributes: SpanRecord['attributes'] = {},
  parentSpanId?: string,
): SpanRecord => ({
  kind: 'span',
  spanId,
  name,
  startMs: nineMs + startMs,
  endMs: nineMs + startMs + 5,
  attributes,
  ...(parentSpanId === undefined ? {} : { parentSpanId }),
});
const eventSpan = (spanId: string, startMs: number, end: string, reason?: string) =>
  span(spanId, 'acs.event', startMs, {
    'acs.event.id': 'e1',
    'acs.event.type': type,
    'acs.event.end': end,
    ...(reason === undefined ? {} : { 'acs.event.reason': reason }),
  });

describe('foldStories', () => {
  it('puts deliveries, spans and pushes of one event into one story', () => {
    const stories = foldStories(
      journalOf(
        delivery('d1'),
        eventSpan('s1', 5, 'deferred', 'busy'),
        answer('d1', 500),
        { kind: 'redelivery', eventId: 'e1', eventType: type, dueAtMs: nineMs + 13_000 },
        delivery('d2', { id: 'e1', type }, 2),
        eventSpan('s2', 4005, 'pushed'),
        span('s3', 'acs.push', 4006, {}, 's2'),
        span('s4', 'acs.try', 4007, { 'acs.try.tracking_id': 'tracking-1' }, 's3'),
        applePush({ kind: 'chat-message' }),
        { kind: 'arrival', pushId: 'push-1', handle: '5a3d…e27f' },
        answer('d2', 202),
      ),
    );
    expect(stories).toHaveLength(1);
    const [story] = stories;
    expect(story).toMatchObject({ key: `${type} e1`, eventId: 'e1', eventType: type, givenUp: false });
    expect(
      story?.deliveries.map(({ spans, answer: given }) => [spans.map(({ spanId }) => spanId), given?.status]),
    ).toEqual([
      [['s1'], 500],
      [['s2', 's3', 's4'], 202],
    ]);
    expect(story?.pushes.map(({ push, arrivals }) => [push.pushId, arrivals.length])).toEqual([
      ['push-1', 1],
    ]);
    expect(story).not.toHaveProperty('redeliveryAtMs');
    expect(story && storyEnd(story)).toEqual({ tone: 'good', word: 'pushed' });
  });

  it('keeps two events with the same id and different types apart', () => {
    const stories = foldStories(
      journalOf(
        delivery('d1'),
        delivery('d2', { id: 'e1', eventType: 'Microsoft.Communication.IncomingCall' }),
      ),
    );
    expect(stories.map(({ deliveries }) => deliveries.length)).toEqual([1, 1]);
  });

  it('finds the event of a push by its payload when no try has its tracking id', () => {
    const stories = foldStories(journalOf(delivery('d1'), applePush({ kind: 'chat-message', id: 'e1' })));
    expect(stories.map(({ pushes }) => pushes.length)).toEqual([1]);
  });

  it('makes a separate story of a request without an event', () => {
    const stories = foldStories(
      journalOf(applePush({ kind: 'chat-message', id: 'unknown' }), {
        kind: 'refusal',
        trackingId: 'tracking-2',
        method: 'POST',
        path: '/nowhere/messages/?direct',
        status: 404,
        detail: 'Notification hub "nowhere" does not exist in this namespace.',
        headers: {},
        body: '',
        findings: [],
      }),
    );
    expect(stories.map((story) => [story.key, storyEnd(story).word])).toEqual([
      [' unknown', 'seen at the hub'],
      ['refusal tracking-2', 'refused'],
    ]);
  });

  it('assigns a span without an event id to the last delivery, for poison and running events', () => {
    const poison = span('s1', 'acs.event', 3, {
      'acs.event.end': 'poison',
      'acs.event.reason': 'EVENT_INVALID',
    });
    const [story] = foldStories(journalOf(delivery('d1', 'no json'), poison, answer('d1', 202)));
    expect(story && storyEnd(story)).toEqual({ tone: 'bad', word: 'poison', reason: 'EVENT_INVALID' });
    const { endMs: _running, ...running } = span('s2', 'acs.event', 3);
    const [other] = foldStories(journalOf(delivery('d1'), running));
    expect(other?.deliveries[0]?.spans).toHaveLength(1);
    expect(other && storyEnd(other)).toEqual({ tone: 'running', word: 'running' });
  });

  it('uses the later of two records of one span', () => {
    const { endMs: _running, ...started } = eventSpan('s1', 5, 'pushed');
    const [story] = foldStories(journalOf(delivery('d1'), started, eventSpan('s1', 5, 'pushed')));
    expect(story?.deliveries[0]?.spans).toEqual([expect.objectContaining({ endMs: nineMs + 10 })]);
  });

  it('reports when Event Grid redelivers, and when it has given up', () => {
    const waiting = { kind: 'redelivery', eventId: 'e1', eventType: type, dueAtMs: 7 } as const;
    const [story] = foldStories(journalOf(delivery('d1'), answer('d1', 500), waiting));
    expect(story).toMatchObject({ redeliveryAtMs: 7, givenUp: false });
    const { dueAtMs: _none, ...over } = waiting;
    const [last] = foldStories(journalOf(delivery('d1'), answer('d1', 500), over));
    expect(last).toMatchObject({ givenUp: true });
    expect(last && storyEnd(last).word).toBe('given up');
  });
});

describe('storyEnd', () => {
  it.each([
    ['pushed', 500, 'warning', 'not done'],
    ['skipped', 202, 'neutral', 'skipped'],
    ['ignored', 202, 'neutral', 'ignored'],
    ['deferred', 500, 'warning', 'deferred'],
  ])('maps %s with the answer %i to %s, "%s"', (end, status, tone, word) => {
    const [story] = foldStories(journalOf(delivery('d1'), eventSpan('s1', 3, end), answer('d1', status)));
    expect(story && storyEnd(story)).toMatchObject({ tone, word });
  });

  it('still reports pushed after a duplicate', () => {
    const [story] = foldStories(
      journalOf(
        delivery('d1'),
        eventSpan('s1', 3, 'pushed'),
        answer('d1', 202),
        delivery('d3'),
        eventSpan('s3', 4003, 'skipped', 'delivered-before'),
      ),
    );
    expect(story && storyEnd(story)).toEqual({
      tone: 'good',
      word: 'pushed',
      reason: 'delivered again, sent once',
    });
  });

  it('follows the answer when there are no spans', () => {
    const [good] = foldStories(journalOf(delivery('d1'), answer('d1', 202)));
    expect(good && storyEnd(good)).toEqual({ tone: 'good', word: 'done' });
    const failed = { ...answer('d1', 500), detail: 'It broke.' };
    const [bad] = foldStories(journalOf(delivery('d1'), failed));
    expect(bad && storyEnd(bad)).toEqual({ tone: 'bad', word: 'failed', reason: 'It broke.' });
  });
});
