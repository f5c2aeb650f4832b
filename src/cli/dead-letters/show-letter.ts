import { withoutSecrets } from '../../deliveries/call-secrets.ts';
import type { DeadLetter } from '../../deliveries/dead-letter.ts';
import { defined } from '../../shared/json.ts';
import type { Letter, LetterEvent } from './letter.ts';
import { maskEvent } from './mask-event.ts';
import { safeTime } from './safe-time.ts';

/** One event of a letter, ready to be shown. */
export interface ShownEvent {
  readonly reason: string;
  readonly code?: string;
  readonly message: string;
  readonly attempt: number;
  readonly type?: string;
  readonly happenedAt: string;
  readonly putAsideAt: string;
  /** Absent when it was not redriven, and for Event Grid's. */
  readonly redrivenAt?: string;
  /** The event in its envelope, or the text that was no JSON and how many characters it had. */
  readonly event: unknown;
}

/** A letter, ready to be shown: with the content of its events or without. */
export interface ShownLetter {
  readonly name: string;
  readonly origin: 'relay' | 'event-grid';
  readonly functionName?: string;
  /** How many pushes ended in which outcome. */
  readonly outcomes?: DeadLetter['outcomes'];
  readonly events: readonly ShownEvent[];
}

/**
 * @param content true to show texts, names and users. The secrets of a call (`incomingCallContext` and its parts, which
 *   Event Grid's letters still have) are never shown.
 */
export function showLetter(letter: Extract<Letter, { kind: 'letter' }>, content: boolean): ShownLetter {
  const { name, origin, stored, events } = letter;
  return {
    name,
    origin,
    ...defined({ functionName: stored?.functionName, outcomes: stored?.outcomes }),
    events: events.map((event) => showEvent(event, content)),
  };
}

function showEvent(letterEvent: LetterEvent, content: boolean): ShownEvent {
  const { reason, code, type, message, attempt, event } = letterEvent;
  const { happenedAtMs, putAsideAtMs, redrivenAtMs } = letterEvent;
  const redrivenAt = redrivenAtMs === undefined ? undefined : safeTime(redrivenAtMs);
  return {
    reason,
    ...defined({ code, type }),
    message,
    attempt,
    happenedAt: safeTime(happenedAtMs),
    putAsideAt: safeTime(putAsideAtMs),
    ...defined({ redrivenAt }),
    event: content ? withContent(event) : withoutContent(event),
  };
}

function withContent(event: LetterEvent['event']): unknown {
  return event.kind === 'json'
    ? withoutSecrets(event.value)
    : { text: withoutSecrets(event.text), length: event.length };
}

function withoutContent(event: LetterEvent['event']): unknown {
  return event.kind === 'json'
    ? maskEvent(event.value)
    : { text: maskEvent(event.text), length: event.length };
}
