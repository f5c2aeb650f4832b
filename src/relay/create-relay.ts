import { RelayError } from '../errors/relay-error.ts';
import { parseEvent } from '../events/parse-event.ts';
import type { EventIdentity } from '../events/relay-event.ts';
import type { Attempt } from './attempt.ts';
import { deliverEvent } from './deliver-event.ts';
import type { EventReport } from './event-report.ts';
import { logEvent } from './log-event.ts';
import type { Relay } from './relay.ts';
import type { RelayDeps } from './relay-deps.ts';

/** Builds the pipeline from what it works with. */
export function createRelay(deps: RelayDeps): Relay {
  return {
    handle: async (value, attempt) => {
      const report = await handleValue(deps, attempt, value);
      logEvent(attempt, report);
      return report;
    },
    handleText: async (text, attempt) => {
      const error = new RelayError({
        code: 'EVENT_NOT_JSON',
        class: 'user',
        message: `The body of ${text.length} characters is no JSON. Send events as Event Grid delivers them.`,
      });
      const report = await poison(deps, attempt, error, { kind: 'text', text });
      logEvent(attempt, report);
      return report;
    },
  };
}

async function handleValue(deps: RelayDeps, attempt: Attempt, value: unknown): Promise<EventReport> {
  const parsed = parseEvent(value);
  switch (parsed.end) {
    case 'ignored':
      return parsed;
    case 'poison':
      return poison(deps, attempt, parsed.error, { kind: 'json', value }, parsed.identity);
    case 'event': {
      const report = await deliverEvent(deps, attempt, parsed.event, value);
      if (report.end !== 'poison') return report;
      return poison(deps, attempt, report.error, { kind: 'json', value }, report.identity);
    }
  }
}

// Acknowledged only once it is safely put aside: otherwise this throws, and Event Grid keeps the event.
async function poison(
  deps: RelayDeps,
  attempt: Attempt,
  error: RelayError,
  received: { kind: 'json'; value: unknown } | { kind: 'text'; text: string },
  identity?: EventIdentity,
): Promise<EventReport> {
  const about = identity === undefined ? {} : { identity };
  await deps.putAside({
    reason: error.code === 'EVENT_PAYLOAD_CHANGED' ? 'payload-changed' : 'poison',
    code: error.code,
    message: error.message,
    functionName: attempt.functionName,
    attempt: 1,
    atMs: deps.clock(),
    ...about,
    received,
  });
  return { end: 'poison', error, ...about };
}
