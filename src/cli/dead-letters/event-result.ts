import type { RelayError } from '../../errors/errors.ts';
import type { EventReport } from '../../relay/event-report.ts';

/** What came of redriving one event. */
export type EventResult =
  | EventReport
  /** It is no JSON, so there is no event to redrive. */
  | { readonly end: 'no-json' }
  /** Storage failed. */
  | { readonly end: 'failed'; readonly error: RelayError };
