import { RelayError } from '../errors/errors.ts';
import { parseEvent } from '../events/parse-event.ts';
import type { EventIdentity, ParsedEvent } from '../events/relay-event.ts';
import type { Attempt, ObservedAttempt, RelayDeps } from './attempt.ts';
import { deliverEvent } from './deliver-event.ts';
import type { EventReport } from './event-report.ts';
import { observeEvent } from './observe-event.ts';
import { deadLetter } from './settle-event.ts';

/** The pipeline: one event in, what became of it out. */
export interface Relay {
  /**
   * Handles one delivered JSON value.
   *
   * @throws RelayError when nothing could be decided and the event must be delivered again, such as
   *   `STORAGE_UNAVAILABLE`; never for what the event holds
   */
  readonly handle: (value: unknown, attempt: Attempt) => Promise<EventReport>;
  /** Puts a body aside that is no JSON at all. */
  readonly handleText: (text: string, attempt: Attempt) => Promise<EventReport>;
}

/** Builds the pipeline from what it works with. */
export function createRelay(deps: RelayDeps): Relay {
  return {
    handle: async (value, attempt) => {
      const parsed = parseEvent(value);
      return observeEvent(deps, attempt, parsed, value, (observed) =>
        handleParsed(deps, observed, parsed, value),
      );
    },
    handleText: async (text, attempt) => {
      const error = new RelayError({
        code: 'EVENT_NOT_JSON',
        class: 'user',
        message: `The body of ${text.length} characters is no JSON. Send events as Event Grid delivers them.`,
      });
      return observeEvent(deps, attempt, { kind: 'poison', error }, text, (observed) =>
        poison(deps, observed, error, { kind: 'text', text }),
      );
    },
  };
}

async function handleParsed(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  parsed: ParsedEvent,
  value: unknown,
): Promise<EventReport> {
  switch (parsed.kind) {
    case 'ignored':
      return parsed;
    case 'poison':
      return poison(deps, attempt, parsed.error, { kind: 'json', value }, parsed.identity);
    case 'event': {
      const report = await deliverEvent(deps, attempt, parsed.event, value);
      if (report.kind !== 'poison') return report;
      return poison(deps, attempt, report.error, { kind: 'json', value }, report.identity);
    }
  }
}

// Acknowledged only once it is safely put aside: otherwise this throws, and Event Grid keeps the event.
async function poison(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  error: RelayError,
  received: { kind: 'json'; value: unknown } | { kind: 'text'; text: string },
  identity?: EventIdentity,
): Promise<EventReport> {
  const about = identity === undefined ? {} : { identity };
  await deadLetter(deps, attempt, {
    reason: error.code === 'EVENT_PAYLOAD_CHANGED' ? 'payload-changed' : 'poison',
    code: error.code,
    message: error.message,
    attempt: 1,
    ...about,
    received,
  });
  return { kind: 'poison', error, ...about };
}
