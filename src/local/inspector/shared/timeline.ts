import { omitUndefined } from '../../../shared/json.ts';
import type { SpanRecord, SpanValue } from './journal-record.ts';
import type { Delivery } from './story.ts';

/** One bar of the timeline. Times are milliseconds since the delivery. */
export interface TimelineBar {
  readonly label: string;
  /** Its result. */
  readonly detail: string;
  /** 0 for the event, 1 for its steps, 2 for the tries of a push. */
  readonly depth: number;
  readonly startMs: number;
  /** Absent while it runs. */
  readonly durationMs?: number;
  readonly tone: 'plain' | 'good' | 'warning' | 'bad';
}

/** The timeline of one delivery. */
interface Timeline {
  readonly bars: readonly TimelineBar[];
  /** End of the last bar, at least 1. */
  readonly totalMs: number;
}

/** Converts the spans of a delivery to bars: event, claim, lookup, each push with its tries, settle, and the answer. */
export function timelineOf({ delivery, answer, spans }: Delivery): Timeline {
  const originMs = Math.min(delivery.atMs, ...spans.map(({ startMs }) => startMs));
  const depths = new Map<string, number>();
  const bars = ordered(spans).map((span): TimelineBar => {
    const depth = span.parentSpanId === undefined ? 0 : (depths.get(span.parentSpanId) ?? -1) + 1;
    depths.set(span.spanId, depth);
    return {
      label: labelOf(span),
      detail: detailOf(span.attributes),
      depth,
      startMs: span.startMs - originMs,
      tone: toneOf(span.attributes),
      ...omitUndefined({ durationMs: span.endMs === undefined ? undefined : span.endMs - span.startMs }),
    };
  });
  const answered =
    answer === undefined
      ? []
      : [
          {
            label: `answer ${answer.status}`,
            detail: answer.status < 400 ? 'Event Grid is done' : 'Event Grid will retry',
            depth: 0,
            startMs: answer.atMs - originMs,
            durationMs: 0,
            tone: answer.status < 400 ? 'good' : 'bad',
          } satisfies TimelineBar,
        ];
  const all = [...bars, ...answered];
  return {
    bars: all,
    totalMs: Math.max(1, ...all.map(({ startMs, durationMs = 0 }) => startMs + durationMs)),
  };
}

/** Parents before children, siblings by start time. */
function ordered(spans: readonly SpanRecord[]): readonly SpanRecord[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const childrenOf = (parent: string | undefined): readonly SpanRecord[] =>
    spans
      .filter(({ parentSpanId }) =>
        parent === undefined ? parentSpanId === undefined || !ids.has(parentSpanId) : parentSpanId === parent,
      )
      .toSorted((one, other) => one.startMs - other.startMs)
      .flatMap((span) => [span, ...childrenOf(span.spanId)]);
  return childrenOf(undefined);
}

const platforms: Readonly<Record<string, string>> = { apns: 'APNs', fcmv1: 'FCM v1' };

function labelOf({ name, attributes }: SpanRecord): string {
  const short = name.replace(/^acs\./, '');
  const platform = text(attributes['acs.push.platform']);
  if (short === 'push') return `push ${platforms[platform] ?? platform}`.trim();
  if (short === 'try') return `try ${text(attributes['acs.try.hub'])}`.trim();
  return short;
}

const shownAttributes = [
  'acs.event.end',
  'acs.event.reason',
  'acs.claim.result',
  'acs.lookup.devices',
  'acs.push.kind',
  'acs.push.hub',
  'acs.push.outcome',
  'acs.try.status',
  'acs.try.outcome',
];

function detailOf(attributes: SpanRecord['attributes']): string {
  const parts = shownAttributes.flatMap((name) => {
    const value = attributes[name];
    if (value === undefined || value === '') return [];
    return name === 'acs.lookup.devices' ? `${value} ${value === 1 ? 'device' : 'devices'}` : String(value);
  });
  const tries = attributes['acs.push.tries'];
  if (typeof tries === 'number' && tries > 1) parts.push(`${tries} tries`);
  if (attributes['acs.settle.final'] === false) parts.push('not final: the event stays open');
  return parts.join(' · ');
}

function toneOf(attributes: SpanRecord['attributes']): TimelineBar['tone'] {
  const outcome = text(
    attributes['acs.try.outcome'] ?? attributes['acs.push.outcome'] ?? attributes['acs.event.end'],
  );
  if (outcome === 'accepted' || outcome === 'pushed') return 'good';
  if (/^(throttled|unavailable|unknown|deferred|expired)$/.test(outcome)) return 'warning';
  if (/^(rejected|misconfigured|poison)$/.test(outcome)) return 'bad';
  return 'plain';
}

function text(value: SpanValue | undefined): string {
  return value === undefined ? '' : String(value);
}
