import type { RelayEvent } from '../events/relay-event.ts';
import type { Reference } from '../telemetry/references.ts';

/** Names what an event is about: its call, its message, or else its thread. All events about one have the same name. */
export function eventReference(reference: Reference, event: RelayEvent): string {
  if ('callId' in event) return reference('call', event.callId);
  if ('messageId' in event) return reference('message', event.threadId, event.messageId);
  return reference('thread', event.threadId);
}
