import { describe, expect, it } from 'vitest';
import type { SpanRecord } from '../../../../../src/local/inspector/shared/journal-record.ts';
import { timelineOf } from '../../../../../src/local/inspector/shared/timeline.ts';

const delivery = {
  kind: 'delivery',
  deliveryId: 'd1',
  functionName: 'relayCalls',
  attempt: 1,
  event: {},
  seq: 1,
  atMs: 1000,
} as const;

const span = (
  spanId: string,
  name: string,
  times: readonly [number, number?],
  attributes: SpanRecord['attributes'],
  parentSpanId?: string,
): SpanRecord => ({
  kind: 'span',
  spanId,
  name,
  startMs: times[0],
  attributes,
  ...(times[1] === undefined ? {} : { endMs: times[1] }),
  ...(parentSpanId === undefined ? {} : { parentSpanId }),
});

describe('timelineOf', () => {
  it('lists event, steps, pushes with their tries, and the answer, from the delivery on', () => {
    const spans = [
      span(
        't1',
        'acs.try',
        [1012, 1020],
        { 'acs.try.hub': 'primary', 'acs.try.outcome': 'unavailable', 'acs.try.status': 503 },
        'p',
      ),
      span('e', 'acs.event', [1002, 1060], { 'acs.event.end': 'pushed' }, 'host span'),
      span('l', 'acs.lookup', [1003, 1010], { 'acs.lookup.devices': 1 }, 'e'),
      span('c', 'acs.claim', [1004, 1010], { 'acs.claim.result': 'claimed' }, 'e'),
      span(
        'p',
        'acs.push',
        [1011, 1050],
        {
          'acs.push.platform': 'apns',
          'acs.push.kind': 'incoming-call',
          'acs.push.hub': 'voip',
          'acs.push.outcome': 'accepted',
          'acs.push.tries': 2,
        },
        'e',
      ),
      span('t2', 'acs.try', [1030, 1050], { 'acs.try.hub': 'secondary', 'acs.try.outcome': 'accepted' }, 'p'),
      span('s', 'acs.settle', [1051, 1060], { 'acs.settle.final': false }, 'e'),
    ];
    const answer = { kind: 'answer', deliveryId: 'd1', status: 500, seq: 9, atMs: 1070 } as const;
    const { bars, totalMs } = timelineOf({ delivery, spans, answer });
    expect(
      bars.map(({ label, detail, depth, startMs, durationMs, tone }) =>
        [depth, label, startMs, durationMs, tone, detail].join(' | '),
      ),
    ).toEqual([
      '0 | event | 2 | 58 | good | pushed',
      '1 | lookup | 3 | 7 | plain | 1 device',
      '1 | claim | 4 | 6 | plain | claimed',
      '1 | push APNs | 11 | 39 | good | incoming-call · voip · accepted · 2 tries',
      '2 | try primary | 12 | 8 | warning | 503 · unavailable',
      '2 | try secondary | 30 | 20 | good | accepted',
      '1 | settle | 51 | 9 | plain | not final: the event stays open',
      '0 | answer 500 | 70 | 0 | bad | Event Grid will retry',
    ]);
    expect(totalMs).toBe(70);
  });

  it('gives a running step no duration, and always has a total time', () => {
    const { bars, totalMs } = timelineOf({ delivery, spans: [span('e', 'acs.event', [1000], {})] });
    expect(bars).toEqual([{ label: 'event', detail: '', depth: 0, startMs: 0, tone: 'plain' }]);
    expect(totalMs).toBe(1);
  });
});
