import { omitUndefined } from '../../../shared/json.ts';
import type {
  AnswerRecord,
  ArrivalRecord,
  DeliveryRecord,
  DropRecord,
  JournalEntry,
  PushRecord,
  RedeliveryRecord,
  RefusalRecord,
  SpanRecord,
} from './journal-record.ts';
import { eventName, readPushContent } from './payload.ts';
import type { Delivery, Story, StoryPush } from './story.ts';

interface Draft {
  readonly key: string;
  readonly id: string;
  type: string;
  startedAtMs: number;
  readonly deliveries: { readonly delivery: JournalEntry<DeliveryRecord>; root?: SpanRecord }[];
  readonly pushes: JournalEntry<PushRecord>[];
  readonly refusals: JournalEntry<RefusalRecord>[];
  redelivery?: JournalEntry<RedeliveryRecord>;
}

/**
 * Groups the journal into one story per event, oldest first. The n-th `acs.event` span of an event belongs to its n-th
 * delivery. A request to the hub belongs to the event whose try has its tracking id, or else to the event in its payload;
 * a request without an event is a story of its own.
 */
export function foldStories(entries: readonly JournalEntry[]): readonly Story[] {
  const drafts = new Map<string, Draft>();
  const spans = collectSpans(entries);
  const answers = new Map<string, JournalEntry<AnswerRecord>>();
  const arrivals = new Map<string, JournalEntry<ArrivalRecord>[]>();
  const drops = new Map<string, JournalEntry<DropRecord>[]>();

  const draftOf = (id: string, type: string, atMs: number, own: string): Draft => {
    // A push names its event only by id.
    const known = [...drafts.values()].findLast(
      (draft) => id !== '' && draft.id === id && (draft.type === type || type === '' || draft.type === ''),
    );
    if (known !== undefined) {
      if (known.type === '') known.type = type;
      return known;
    }
    const key = id === '' ? own : `${type} ${id}`;
    const draft: Draft = { key, id, type, startedAtMs: atMs, deliveries: [], pushes: [], refusals: [] };
    drafts.set(key, draft);
    return draft;
  };

  for (const entry of entries) {
    switch (entry.kind) {
      case 'delivery': {
        const { id, type } = eventName(entry.event);
        const own = `delivery ${entry.deliveryId}`;
        draftOf(id, type, entry.atMs, own).deliveries.push({ delivery: entry });
        break;
      }
      case 'answer':
        answers.set(entry.deliveryId, entry);
        break;
      case 'redelivery':
        draftOf(entry.eventId, entry.eventType, entry.atMs, '').redelivery = entry;
        break;
      case 'push': {
        const named = spans.eventOfTracking(entry.trackingId);
        const { acs } = readPushContent(entry, entry.atMs);
        draftOf(
          named?.id ?? acs?.id ?? '',
          named?.type ?? '',
          entry.atMs,
          `push ${entry.pushId}`,
        ).pushes.push(entry);
        break;
      }
      case 'refusal': {
        const named = spans.eventOfTracking(entry.trackingId);
        const own = `refusal ${entry.trackingId}`;
        draftOf(named?.id ?? '', named?.type ?? '', entry.atMs, own).refusals.push(entry);
        break;
      }
      case 'arrival':
        arrivals.set(entry.pushId, [...(arrivals.get(entry.pushId) ?? []), entry]);
        break;
      case 'drop':
        drops.set(entry.pushId, [...(drops.get(entry.pushId) ?? []), entry]);
        break;
      case 'span':
        break;
    }
  }
  const isNamed = (root: SpanRecord) => nameOf(root).id !== '';
  for (const root of spans.roots.filter(isNamed)) assignRoot(drafts, root);
  for (const root of spans.roots.filter((other) => !isNamed(other))) assignRoot(drafts, root);

  const pushOf = (push: JournalEntry<PushRecord>): StoryPush => ({
    push,
    arrivals: arrivals.get(push.pushId) ?? [],
    drops: drops.get(push.pushId) ?? [],
  });
  return [...drafts.values()].map((draft) => finish(draft, spans, answers, pushOf));
}

interface Spans {
  readonly roots: readonly SpanRecord[];
  readonly below: (root: SpanRecord) => readonly SpanRecord[];
  readonly eventOfTracking: (
    trackingId: string,
  ) => { readonly id: string; readonly type: string } | undefined;
}

function collectSpans(entries: readonly JournalEntry[]): Spans {
  const byId = new Map<string, SpanRecord>();
  for (const entry of entries) if (entry.kind === 'span') byId.set(entry.spanId, entry);
  const rootOf = (span: SpanRecord): SpanRecord => {
    const parent = span.parentSpanId === undefined ? undefined : byId.get(span.parentSpanId);
    return span.name === 'acs.event' || parent === undefined ? span : rootOf(parent);
  };
  const tries = new Map<string, SpanRecord>();
  for (const span of byId.values()) {
    const trackingId = span.attributes['acs.try.tracking_id'];
    if (typeof trackingId === 'string') tries.set(trackingId, span);
  }
  const ordered = [...byId.values()].toSorted((one, other) => one.startMs - other.startMs);
  return {
    roots: ordered.filter(({ name }) => name === 'acs.event'),
    below: (root) => ordered.filter((span) => rootOf(span) === root),
    eventOfTracking: (trackingId) => {
      const span = tries.get(trackingId);
      const root = span === undefined ? undefined : rootOf(span);
      const name = root?.name === 'acs.event' ? nameOf(root) : undefined;
      return name?.id === '' ? undefined : name;
    },
  };
}

function nameOf({ attributes }: SpanRecord) {
  return {
    id: String(attributes['acs.event.id'] ?? ''),
    type: String(attributes['acs.event.type'] ?? ''),
  };
}

/** Spans and deliveries use different clocks of one machine. */
const clockSlackMs = 50;

/** A span without an event id (it is running, or its event is unusable) is matched by time. */
function assignRoot(drafts: ReadonlyMap<string, Draft>, root: SpanRecord): void {
  const { id } = nameOf(root);
  const open = [...drafts.values()]
    .filter((draft) => id === '' || draft.id === id)
    .flatMap((draft) => draft.deliveries)
    .filter(
      (delivery) => delivery.root === undefined && delivery.delivery.atMs <= root.startMs + clockSlackMs,
    );
  const found =
    id === '' ? open.toSorted((one, other) => one.delivery.seq - other.delivery.seq).at(-1) : open[0];
  if (found !== undefined) found.root = root;
}

function finish(
  draft: Draft,
  spans: Spans,
  answers: ReadonlyMap<string, JournalEntry<AnswerRecord>>,
  pushOf: (push: JournalEntry<PushRecord>) => StoryPush,
): Story {
  const { redelivery } = draft;
  const last = draft.deliveries.at(-1)?.delivery.atMs ?? 0;
  const waits = redelivery !== undefined && redelivery.atMs >= last;
  return {
    key: draft.key,
    startedAtMs: draft.startedAtMs,
    deliveries: draft.deliveries.map(
      ({ delivery, root }): Delivery => ({
        delivery,
        spans: root === undefined ? [] : spans.below(root),
        ...omitUndefined({ answer: answers.get(delivery.deliveryId) }),
      }),
    ),
    pushes: draft.pushes.map(pushOf),
    refusals: draft.refusals,
    givenUp: waits && redelivery.dueAtMs === undefined,
    ...omitUndefined({
      eventId: draft.id === '' ? undefined : draft.id,
      eventType: draft.type === '' ? undefined : draft.type,
      redeliveryAtMs: waits ? redelivery.dueAtMs : undefined,
    }),
  };
}
