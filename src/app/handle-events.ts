import { RelayError } from '../errors/errors.ts';
import { looksLikeCall } from '../events/parse-event.ts';
import type { Attempt } from '../relay/attempt.ts';
import type { EventReport } from '../relay/event-report.ts';
import { inParallel } from '../shared/in-parallel.ts';
import { isRecord } from '../shared/json.ts';
import type { Clock } from '../shared/time.ts';
import { createContextLogger } from '../telemetry/logger.ts';
import { type App, getApp, startTimer } from './compose-app.ts';
import { endInTime, type Invocation } from './function-life.ts';

/**
 * Handles the event of an Event Grid trigger.
 *
 * @throws RelayError when the event must be redelivered: `DELIVERY_INCOMPLETE`, `CAPACITY_EXCEEDED`,
 *   `STORAGE_UNAVAILABLE`, `FUNCTION_TIMEOUT`, `CONFIG_INVALID`
 */
export async function handleTriggerEvent(event: unknown, invocation: Invocation): Promise<void> {
  const { relay, clock } = await getApp(invocation);
  const handling = relay.handle(event, startAttempt(invocation, clock));
  requireDelivered([await endInTime(startTimer, invocation.functionName, handling)]);
}

// Event Grid delivers at most 5,000 events in one request ("Event Grid message delivery and retry", output batching).
const mostEvents = 5_000;

/**
 * Handles the body of a webhook request: one event or an array of events, 50 at a time, those of calls first. A failed
 * event does not keep the others from being delivered. What cannot be events is dead-lettered in one letter: the elements
 * that are no objects, or a whole body with more elements than Event Grid sends.
 *
 * @param body the JSON value, or undefined when `rawText` is not JSON
 * @param rawText the body as received
 * @throws RelayError when at least one event must be redelivered
 */
export async function handleWebhookBody(
  { relay, clock }: Pick<App, 'relay' | 'clock'>,
  body: unknown,
  rawText: string,
  invocation: Invocation,
): Promise<void> {
  const attempt = startAttempt(invocation, clock);
  if (body === undefined) {
    await relay.handleText(rawText, attempt);
  } else if (!Array.isArray(body)) {
    requireDelivered([await relay.handle(body, attempt)]);
  } else if (body.length > mostEvents) {
    await relay.handleNoEvents(body, `a delivery of Event Grid has at most ${mostEvents} events`, attempt);
  } else {
    await handleBatch(relay, clock, body, attempt);
  }
}

const eventsAtATime = 50;

async function handleBatch(
  relay: App['relay'],
  clock: Clock,
  values: readonly unknown[],
  attempt: Attempt,
): Promise<void> {
  const elements = values.map((value, index) => ({ value, owner: `${attempt.owner}/${index}` }));
  const calls = elements.filter(({ value }) => looksLikeCall(value));
  const others = elements.filter(({ value }) => isRecord(value) && !looksLikeCall(value));
  const noObjects = elements.filter(({ value }) => !isRecord(value));
  const reports: EventReport[] = [];
  const failures: unknown[] = [];
  const note = (handling: Promise<EventReport>) =>
    handling.then(
      (report) => void reports.push(report),
      (error: unknown) => void failures.push(error),
    );
  const work = [
    ...[...calls, ...others].map(
      ({ value, owner }) =>
        () =>
          relay.handle(value, { ...attempt, owner }),
    ),
    ...(noObjects.length === 0 ? [] : [() => handleNoObjects(relay, noObjects, attempt)]),
  ];
  let begun = 0;
  await inParallel(work, eventsAtATime, async (handle) => {
    // What is begun now could not be finished: it comes again.
    if (clock() >= attempt.budgetEndsMs) return;
    begun += 1;
    await note(handle());
  });
  if (failures.length > 0) throw failures[0];
  requireDelivered(reports, work.length - begun);
}

function handleNoObjects(
  relay: App['relay'],
  elements: readonly { readonly value: unknown }[],
  attempt: Attempt,
): Promise<EventReport> {
  const values = elements.map(({ value }) => value);
  return relay.handleNoEvents(values, 'they are no JSON objects', attempt);
}

// Event Grid waits 30 seconds for a response and then delivers again.
const budgetMs = 25_000;

/** Starts the attempt of one Function invocation. */
export function startAttempt(invocation: Invocation, clock: Clock): Attempt {
  return {
    functionName: invocation.functionName,
    owner: invocation.invocationId,
    log: createContextLogger(invocation),
    budgetEndsMs: clock() + budgetMs,
  };
}

/**
 * Fails when an event is not done: the only way for a trigger to have Event Grid redeliver it.
 *
 * @param notBegun how many further events were not begun
 * @throws RelayError `DELIVERY_INCOMPLETE` when a report is deferred or has open pushes, or an event was not begun
 */
export function requireDelivered(reports: readonly EventReport[], notBegun = 0): void {
  const open = reports.filter(
    (report) => report.kind === 'deferred' || (report.kind === 'pushed' && !report.settled),
  );
  const openCount = open.length + notBegun;
  if (openCount === 0) return;
  throw new RelayError({
    code: 'DELIVERY_INCOMPLETE',
    class: 'provider',
    message: `${openCount} of ${reports.length + notBegun} events have not reached every device yet. Event Grid redelivers them; completed pushes are not repeated.`,
  });
}
