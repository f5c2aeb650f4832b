import { getApp } from './get-app.ts';
import { requireDelivered } from './require-delivered.ts';
import { type Invocation, startAttempt } from './start-attempt.ts';

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
