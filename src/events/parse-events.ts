import { parseEvent } from './parse-event.ts';
import type { ParsedEvent } from './parsed-event.ts';

/** {@link parseEvent} for a whole delivery: one event, or an array of events in either envelope. */
export function parseEvents(body: unknown): readonly ParsedEvent[] {
  return Array.isArray(body) ? body.map(parseEvent) : [parseEvent(body)];
}
