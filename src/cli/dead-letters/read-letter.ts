import { type DeadLetter, deadLetter } from '../../deliveries/dead-letter.ts';
import { type DeadLetteredEvent, parseDeadLetterBlob } from '../../deliveries/dead-letter-store.ts';
import { RelayError } from '../../errors/errors.ts';
import { parseEventTime } from '../../events/envelope.ts';
import { parseEvent } from '../../events/parse-event.ts';
import { defined, parseJson } from '../../shared/json.ts';
import { eventTime } from '../replay/event-time.ts';
import type { Letter, LetterEvent } from './letter.ts';

/**
 * Reads the text of a blob as a dead letter.
 *
 * @param text undefined when there is no such blob
 */
export function readLetter(name: string, text: string | undefined): Letter {
  if (text === undefined) return { kind: 'missing', name };
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  const own = deadLetter.safeParse(value);
  let events: readonly DeadLetteredEvent[];
  try {
    events = parseDeadLetterBlob(text);
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return { kind: 'unreadable', name, message: error.message };
  }
  if (own.success) {
    const stored = own.data;
    return {
      kind: 'letter',
      name,
      origin: 'relay',
      stored,
      events: events.map((event) => ownEvent(event, stored)),
    };
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return {
    kind: 'letter',
    name,
    origin: 'event-grid',
    events: events.map((event, index) => eventGridEvent(event, items[index])),
  };
}

function ownEvent(event: DeadLetteredEvent, { code, identity, atMs }: DeadLetter): LetterEvent {
  const { type = identity?.type, happenedAtMs } = aboutEvent(event.event);
  return { ...event, ...defined({ code, type, happenedAtMs }), putAsideAtMs: atMs };
}

function eventGridEvent(event: DeadLetteredEvent, item: unknown): LetterEvent {
  return {
    ...event,
    code: event.message,
    ...defined({ ...aboutEvent(event.event), putAsideAtMs: lastTriedMs(item) }),
  };
}

function aboutEvent(event: DeadLetteredEvent['event']): {
  readonly type: string | undefined;
  readonly happenedAtMs: number | undefined;
} {
  if (event.kind === 'text') return { type: undefined, happenedAtMs: undefined };
  const parsed = parseEvent(event.value);
  const { identity } = parsed.end === 'event' ? parsed.event : parsed;
  return { type: identity?.type, happenedAtMs: eventTime(event.value) || undefined };
}

// Event Grid spells its keys in two ways, by schema ("Event Grid message delivery and retry").
function lastTriedMs(item: unknown): number | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const times = new Map(Object.entries(item).map(([key, value]) => [key.toLowerCase(), value]));
  const time = times.get('lastdeliveryattempttime') ?? times.get('publishtime');
  return typeof time === 'string' ? parseEventTime(time) : undefined;
}
