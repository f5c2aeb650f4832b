import type { App } from './app.ts';
import type { EventReport } from './event-report.ts';
import { requireDelivered } from './require-delivered.ts';
import { type Invocation, startAttempt } from './start-attempt.ts';

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
