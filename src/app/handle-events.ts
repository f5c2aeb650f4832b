import { RelayError } from '../errors/errors.ts';
import type { Attempt } from '../relay/attempt.ts';
import type { EventReport } from '../relay/event-report.ts';
import type { Clock } from '../shared/time.ts';
import { createContextLogger, type LogSink } from '../telemetry/logger.ts';
import { type App, getApp } from './compose-app.ts';

/** The part of an invocation context that an attempt needs. */
export interface Invocation extends LogSink {
  readonly functionName: string;
  readonly invocationId: string;
}

/**
 * Handles the event of an Event Grid trigger.
 *
 * @throws RelayError when the event must be redelivered: `DELIVERY_INCOMPLETE`, `STORAGE_UNAVAILABLE`, `CONFIG_INVALID`
 */
export async function handleTriggerEvent(event: unknown, invocation: Invocation): Promise<void> {
  const { relay, clock } = await getApp(invocation);
  requireDelivered([await relay.handle(event, startAttempt(invocation, clock))]);
}

/**
 * Handles the body of a webhook request: one event or an array of events, side by side. A failed event does not keep the
 * others from being delivered.
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
    return;
  }
  const events = Array.isArray(body) ? body : [body];
  const handled = await Promise.allSettled(
    events.map((event, index) => relay.handle(event, { ...attempt, owner: `${attempt.owner}/${index}` })),
  );
  const reports: EventReport[] = [];
  for (const result of handled) {
    if (result.status === 'rejected') throw result.reason;
    reports.push(result.value);
  }
  requireDelivered(reports);
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
 * @throws RelayError `DELIVERY_INCOMPLETE` when a report is deferred or has open pushes
 */
export function requireDelivered(reports: readonly EventReport[]): void {
  const open = reports.filter(
    (report) => report.kind === 'deferred' || (report.kind === 'pushed' && !report.settled),
  );
  if (open.length === 0) return;
  throw new RelayError({
    code: 'DELIVERY_INCOMPLETE',
    class: 'provider',
    message: `${open.length} of ${reports.length} events have not reached every device yet. Event Grid redelivers them; completed pushes are not repeated.`,
  });
}
