import type { EventIdentity } from './relay-event.ts';

/** What both envelopes say about an event, in one shape. */
export interface Envelope {
  readonly schema: 'eventgrid' | 'cloudevents';
  readonly identity: EventIdentity;
  /** When the event happened, epoch milliseconds. */
  readonly timeMs: number;
  /** W3C trace context, which only CloudEvents carry. */
  readonly traceparent?: string;
  /** The event's own data, not yet validated. */
  readonly data: unknown;
}
