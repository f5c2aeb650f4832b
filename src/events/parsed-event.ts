import type { RelayError } from '../errors/errors.ts';
import type { IgnoredReason } from './ignored-reason.ts';
import type { EventIdentity, RelayEvent } from './relay-event.ts';

/** What a delivered JSON value turned out to be. */
export type ParsedEvent =
  | { readonly end: 'event'; readonly event: RelayEvent }
  | { readonly end: 'ignored'; readonly reason: IgnoredReason; readonly identity: EventIdentity }
  | { readonly end: 'poison'; readonly error: RelayError; readonly identity?: EventIdentity };
