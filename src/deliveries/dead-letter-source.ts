import type { DeadLetter } from './dead-letter.ts';
import type { Outcomes } from './outcomes.ts';

/** What a dead letter is made of. */
export interface DeadLetterSource {
  readonly reason: DeadLetter['reason'];
  readonly code?: string;
  /** Must hold no secret: the message of a `RelayError`. */
  readonly message: string;
  readonly functionName: string;
  readonly attempt: number;
  readonly atMs: number;
  readonly identity?: { readonly source: string; readonly id: string; readonly type: string };
  /** When the event happened, where that is known; files the letter under that day. */
  readonly eventTimeMs?: number;
  /** The event in its envelope, or the text that would not parse. */
  readonly received:
    | { readonly kind: 'json'; readonly value: unknown }
    | { readonly kind: 'text'; readonly text: string };
  readonly outcomes?: Outcomes;
}
