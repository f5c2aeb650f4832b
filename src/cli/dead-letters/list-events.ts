import { defined } from '../../shared/json.ts';
import { printable } from '../printable.ts';
import type { Letter, LetterEvent } from './letter.ts';
import { safeTime } from './safe-time.ts';
import { safeType } from './safe-type.ts';
import { safeWord } from './safe-word.ts';

/** What a list says about one event of a letter, or about a letter without events. Nothing of what is in it. */
export interface ListedEvent {
  readonly name: string;
  /** Which event of a letter of several, such as `2 of 3`. */
  readonly part?: string;
  readonly origin: 'relay' | 'event-grid' | 'unreadable';
  readonly reason: string;
  readonly code: string;
  readonly type: string;
  readonly happenedAt: string;
  readonly putAsideAt: string;
  readonly attempt?: number;
  /** A time or `no`; absent for Event Grid's letters, which nothing is noted in. */
  readonly redrivenAt?: string;
}

const nothing = { reason: '-', code: '-', type: '-', happenedAt: '-', putAsideAt: '-' } as const;

/** What a list says about a letter: one entry for each event. */
export function listEvents(letter: Letter): readonly ListedEvent[] {
  const name = printable(letter.name);
  if (letter.kind !== 'letter') return [{ ...nothing, name, origin: 'unreadable', reason: 'unreadable' }];
  const { origin, events } = letter;
  if (events.length === 0) return [{ ...nothing, name, origin, reason: 'empty' }];
  return events.map((event, index) => ({
    name,
    ...(events.length === 1 ? {} : { part: `${index + 1} of ${events.length}` }),
    origin,
    ...listEvent(event),
  }));
}

function listEvent(event: LetterEvent): Omit<ListedEvent, 'name' | 'origin' | 'part'> {
  const { reason, code, type, happenedAtMs, putAsideAtMs, attempt, redrivenAtMs } = event;
  const redrivenAt =
    event.origin === 'event-grid' ? undefined : redrivenAtMs === undefined ? 'no' : safeTime(redrivenAtMs);
  return {
    reason: safeWord(reason),
    code: safeWord(code),
    type: safeType(type),
    happenedAt: safeTime(happenedAtMs),
    putAsideAt: safeTime(putAsideAtMs),
    attempt,
    ...defined({ redrivenAt }),
  };
}
