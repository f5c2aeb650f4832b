import type { RelayError } from '../errors/errors.ts';
import type { EventIdentity, IgnoredReason } from '../events/relay-event.ts';
import type { PushReport } from './push-report.ts';

/**
 * Why nobody was told although the event could tell somebody: `own-action` (the recipient did it), `no-devices`,
 * `nobody-rung` (a call that rang nowhere through the relay), `answered` (the recipient is in the call already),
 * `delivered-before` (a redelivery of an event that is done).
 */
export type SkippedReason = 'own-action' | 'no-devices' | 'nobody-rung' | 'answered' | 'delivered-before';

/** What became of one event. */
export type EventReport =
  | {
      readonly end: 'pushed';
      readonly identity: EventIdentity;
      /** What this attempt tried to send; pushes that were final before are not in it. */
      readonly pushes: readonly PushReport[];
      /** False: some pushes are still open, and Event Grid must come back. */
      readonly settled: boolean;
      /** Sent without the ledger, which was down. */
      readonly degraded?: true;
    }
  /** Another instance is at it: Event Grid must come back, in case that one dies. */
  | { readonly end: 'deferred'; readonly identity: EventIdentity; readonly reason: 'busy' }
  | { readonly end: 'skipped'; readonly identity: EventIdentity; readonly reason: SkippedReason }
  | { readonly end: 'ignored'; readonly identity: EventIdentity; readonly reason: IgnoredReason }
  | { readonly end: 'poison'; readonly identity?: EventIdentity; readonly error: RelayError };
