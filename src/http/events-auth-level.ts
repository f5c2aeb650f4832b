import type { EventsEntraSettings } from '../config/relay-config.ts';

/**
 * The `authLevel` of the event webhook: `anonymous` only when the Entra token of Event Grid is checked by completely
 * given settings; in any doubt the host asks for the Functions key (in the `code` parameter of the subscription's URL).
 */
export function eventsAuthLevel(settings: EventsEntraSettings | undefined): 'function' | 'anonymous' {
  return settings !== undefined && settings.tenantId !== '' && settings.audience !== ''
    ? 'anonymous'
    : 'function';
}
