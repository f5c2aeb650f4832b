import { RelayError } from '../errors/errors.ts';
import type { Attempt } from '../relay/attempt.ts';
import type { EventReport } from '../relay/event-report.ts';
import type { Clock } from '../shared/time.ts';
import { createContextLogger, type LogSink } from '../telemetry/logger.ts';
import type { App } from './compose-app.ts';
import { getApp } from './compose-app.ts';

/** The part of an invocation context that an attempt is made from. */
export interface Invocation extends LogSink {
  readonly functionName: string;
  readonly invocationId: string;
}

// Event Grid waits 30 seconds for an answer and then delivers again.
const budgetMs = 25_000;

/** Begins an attempt for one invocation of a Function. */
export function startAttempt(invocation: Invocation, clock: Clock): Attempt {
  return {
    functionName: invocation.functionName,
    owner: invocation.invocationId,
    log: createContextLogger(invocation),
    budgetEndsMs: clock() + budgetMs,
  };
}

/**
 * Asks Event Grid to come back for whatever is not done: the trigger's only way to say so is to fail.
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
    message: `${open.length} of ${reports.length} events are not delivered to every device yet. Event Grid delivers them again, and what is done is not repeated.`,
  });
}

/**
 * What an Event Grid trigger does with its event.
 *
 * @throws RelayError when the event must be delivered again: `DELIVERY_INCOMPLETE`, `STORAGE_UNAVAILABLE`,
 *   `CONFIG_INVALID`
 */
export async function handleTriggerEvent(event: unknown, invocation: Invocation): Promise<void> {
  const { relay, clock } = await getApp(invocation);
  requireDelivered([await relay.handle(event, startAttempt(invocation, clock))]);
}

/**
 * What the webhook does with a body: one event or an array of events, all side by side, each judged by itself. One that
 * fails keeps no other from being delivered.
 *
 * @param body the JSON value, or undefined when `rawText` is no JSON
 * @param rawText the body as it came
 * @throws RelayError when at least one event must be delivered again
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
