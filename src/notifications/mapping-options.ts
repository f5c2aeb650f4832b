import type { ChatContent } from '../config/relay-config.ts';

/** What decides, beside the event, what a user is told and until when. */
export interface MappingOptions {
  /** How long a call rings after its event, milliseconds. */
  readonly ringMs: number;
  /** How long chat and missed calls are worth delivering after their event, milliseconds. */
  readonly chatTtlMs: number;
  readonly chatContent: ChatContent;
}
