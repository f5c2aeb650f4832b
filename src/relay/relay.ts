import type { DeadLetterSource } from '../deliveries/dead-letter.ts';
import { RelayError } from '../errors/errors.ts';
import { eventTime, isCallEvent, parseEvent } from '../events/parse-event.ts';
import type { EventIdentity, ParsedEvent } from '../events/relay-event.ts';
import { omitUndefined } from '../shared/json.ts';
import { type StartTimer, waitAtMost } from '../shared/time.ts';
import type { Attempt, ObservedAttempt, RelayDeps } from './attempt.ts';
import { createLeases, type Leases } from './claim-event.ts';
import { deliverEvent } from './deliver-event.ts';
import type { EventReport } from './event-report.ts';
import { observeEvent } from './observe.ts';
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
  /**
   * Dead-letters values together that are no events.
   *
   * @param why what they are instead, such as `the values are no JSON objects`
   */
  readonly handleNoEvents: (
    values: readonly unknown[],
    why: string,
    attempt: Attempt,
  ) => Promise<EventReport>;
  /**
   * The planned end of the process: waits 4 seconds for the work in flight, and then gives the leases back of what is not
   * finished, so that its redelivery need not wait for them. Takes at most 4.8 seconds; never throws.
   */
  readonly end: () => Promise<void>;
}

/** What the events of one process share. */
interface Shared {
  readonly capacity: Capacity;
  readonly leases: Leases;
}

// The Functions host ends a worker 5 seconds after it asked for it ("WorkerTerminate").
const finishMs = 4_000;
const giveBackMs = 800;

/** Builds the pipeline. */
export function createRelay(deps: RelayDeps): Relay {
  const shared: Shared = { capacity: createCapacity(deps.startTimer), leases: createLeases(deps) };
  const inFlight = new Set<Promise<EventReport>>();
  const handle = async (attempt: Attempt, parsed: ParsedEvent, value: unknown, received: Received) => {
    const work = handleParsed(deps, shared, attempt, parsed, value, received);
    inFlight.add(work);
    try {
      return await work;
    } finally {
      inFlight.delete(work);
    }
  };
  const handlePoisonOf = (error: RelayError, attempt: Attempt, received: Received) =>
    handle(attempt, { kind: 'poison', error }, undefined, received);
  return {
    handle: async (value, attempt) =>
      handle(attempt, parseEvent(value, deps.clock()), value, { kind: 'json', value }),
    handleText: async (text, attempt) => handlePoisonOf(notJson(text), attempt, { kind: 'text', text }),
    handleNoEvents: async (values, why, attempt) =>
      handlePoisonOf(noEvents(values.length, why), attempt, { kind: 'json', value: values }),
    end: async () => {
      await waitAtMost(deps.startTimer, finishMs, Promise.allSettled(inFlight));
      await waitAtMost(deps.startTimer, giveBackMs, shared.leases.giveBack());
    },
  };
}

function noEvents(count: number, why: string): RelayError {
  return new RelayError({
    code: 'EVENT_NOT_AN_EVENT',
    class: 'user',
    message: `${count} values of a body are not events: ${why}. Send events as Event Grid delivers them.`,
  });
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
  { capacity, leases }: Shared,
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
        const deliver = () => deliverEvent(deps, leases, observed, parsed.event, value);
        const report = await (isCallEvent(parsed.event) ? deliver() : capacity.run(deliver));
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
  const eventTimeMs = received.kind === 'json' ? eventTime(received.value) : undefined;
  await deadLetter(deps, attempt, {
    reason: error.code === 'EVENT_PAYLOAD_CHANGED' ? 'payload-changed' : 'poison',
    code: error.code,
    message: error.message,
    attempt: 1,
    ...about,
    ...omitUndefined({ eventTimeMs }),
    received,
  });
  return { kind: 'poison', error, ...about };
}

/** Limits how many chat events a process works on. Calls do not ask: a ring is worth nothing when it has waited. */
interface Capacity {
  /**
   * Does the work as soon as there is room, first come, first served.
   *
   * @throws RelayError `CAPACITY_EXCEEDED` when there was no room for 10 seconds; the work was not begun
   */
  readonly run: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

// A hub that takes 2.5 s for a push leaves 64 events some 25 pushes a second; an instance is small, and more instances
// start when events fail.
const mostUnderWay = 64;

// Event Grid waits 30 seconds for the answer, and the work needs most of them.
const longestWaitMs = 10_000;

/** Makes room for 64 events at a time. */
function createCapacity(startTimer: StartTimer): Capacity {
  let underWay = 0;
  // In the order of their arrival.
  const waiting = new Set<() => void>();

  const enter = async (): Promise<void> => {
    if (underWay < mostUnderWay) {
      underWay += 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    waiting.add(resolve);
    const stopTimer = startTimer(longestWaitMs, () => {
      // Its turn may have come in the same moment: then this changes nothing.
      if (waiting.delete(resolve)) reject(capacityExceeded());
    });
    try {
      await promise;
    } finally {
      stopTimer();
    }
  };
  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) {
      underWay -= 1;
      return;
    }
    // The room goes to the next one, and is never seen to be free.
    waiting.delete(next);
    next();
  };

  return {
    async run(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}

function capacityExceeded(): RelayError {
  return new RelayError({
    code: 'CAPACITY_EXCEEDED',
    class: 'provider',
    message: `This instance is working on ${mostUnderWay} chat events, and none was finished within ${longestWaitMs / 1000} seconds. Event Grid delivers this one again. If this happens often, find out why the hub or storage is slow, or raise MAXIMUM_INSTANCE_COUNT.`,
  });
}
