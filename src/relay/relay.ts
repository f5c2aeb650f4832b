import type { DeadLetterSource } from '../deliveries/dead-letter.ts';
import { RelayError } from '../errors/errors.ts';
import { parseEvent } from '../events/parse-event.ts';
import type { EventIdentity, ParsedEvent } from '../events/relay-event.ts';
import type { Attempt, ObservedAttempt, RelayDeps } from './attempt.ts';
import { deliverEvent } from './deliver-event.ts';
import type { EventReport } from './event-report.ts';
import { observeEvent } from './observe-event.ts';
import { deadLetter } from './settle-event.ts';

/** The pipeline: takes one event, and reports what became of it. */
export interface Relay {
  /**
   * Handles one delivered JSON value.
   *
   * @throws RelayError when nothing could be decided and the event must be redelivered, such as `STORAGE_UNAVAILABLE`;
   *   never because of the event's content
   */
  readonly handle: (value: unknown, attempt: Attempt) => Promise<EventReport>;
  /** Dead-letters a body that is not JSON. */
  readonly handleText: (text: string, attempt: Attempt) => Promise<EventReport>;
}

/** Builds the pipeline. */
export function createRelay(deps: RelayDeps): Relay {
  return {
    handle: async (value, attempt) =>
      handleParsed(deps, attempt, parseEvent(value, deps.clock()), value, { kind: 'json', value }),
    handleText: async (text, attempt) =>
      handleParsed(deps, attempt, { kind: 'poison', error: notJson(text) }, text, { kind: 'text', text }),
  };
}

function notJson(text: string): RelayError {
  return new RelayError({
    code: 'EVENT_NOT_JSON',
    class: 'user',
    message: `The body (${text.length} characters) is not valid JSON. Send events as Event Grid delivers them.`,
  });
}

type Received = DeadLetterSource['received'];

function handleParsed(
  deps: RelayDeps,
  attempt: Attempt,
  parsed: ParsedEvent,
  value: unknown,
  received: Received,
): Promise<EventReport> {
  return observeEvent(deps, attempt, parsed, value, async (observed) => {
    switch (parsed.kind) {
      case 'ignored':
        return parsed;
      case 'poison':
        return handlePoison(deps, observed, received, parsed.error, parsed.identity);
      case 'event': {
        const report = await deliverEvent(deps, observed, parsed.event, value);
        if (report.kind !== 'poison') return report;
        return handlePoison(deps, observed, received, report.error, report.identity);
      }
    }
  });
}

// Poison is acknowledged only once it is dead-lettered: otherwise this throws, and Event Grid keeps the event.
async function handlePoison(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  received: Received,
  error: RelayError,
  identity: EventIdentity | undefined,
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
