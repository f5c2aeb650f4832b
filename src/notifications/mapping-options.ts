import type { ChatContent } from '../config/relay-config.ts';
import type { RelayEvent } from '../events/relay-event.ts';
import type { Notification } from './notification.ts';

/** What decides, beside the event, what a user is told and until when. */
export interface MappingOptions {
  /** How long a call rings after its event, milliseconds. */
  readonly ringMs: number;
  /** How long chat and missed calls are worth delivering after their event, milliseconds. */
  readonly chatTtlMs: number;
  readonly chatContent: ChatContent;
}

/** Why an event that could tell somebody tells nobody. */
export type SkippedReason = 'own-action';

/** What one event asks for. */
export type Mapping =
  | { readonly end: 'notify'; readonly notification: Notification }
  | { readonly end: 'skipped'; readonly reason: SkippedReason }
  /** Whom to tell depends on earlier events: the devices that were rung for this call. */
  | { readonly end: 'call-progress'; readonly event: CallProgressEvent };

/** An event about a call that may still be ringing somewhere. */
export type CallProgressEvent = Extract<RelayEvent, { kind: 'call-participant-added' | 'call-ended' }>;
