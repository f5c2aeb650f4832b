import { RelayError } from '../../errors/errors.ts';
import type { Attempt } from '../../relay/attempt.ts';
import type { EventReport } from '../../relay/event-report.ts';
import type { Relay } from '../../relay/relay.ts';
import type { EventResult } from './event-result.ts';
import { isDone } from './is-done.ts';
import type { LetterEvent } from './letter.ts';

/** What an event is redriven with. */
export interface RedriveMeans {
  /** Makes the pipeline that sends and writes nothing; a new one knows nothing of earlier trials. */
  readonly newTrial: () => Relay;
  /** The pipeline that sends; absent in a dry run. */
  readonly relay?: Relay;
  readonly startAttempt: () => Attempt;
}

/**
 * Puts one event through the pipeline again. What no push can come of (poison, or all of it past its time) is found out
 * by a trial and goes no further: sending it would only put it aside a second time.
 */
export async function redriveEvent(
  event: LetterEvent['event'],
  { newTrial, relay, startAttempt }: RedriveMeans,
): Promise<EventResult> {
  if (event.kind === 'text') return { end: 'no-json' };
  try {
    const planned = await newTrial().handle(event.value, startAttempt());
    return relay === undefined || isHopeless(planned)
      ? planned
      : await relay.handle(event.value, startAttempt());
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return { end: 'failed', error };
  }
}

function isHopeless(planned: EventReport): boolean {
  if (planned.end === 'poison') return true;
  const sendsSomething =
    planned.end !== 'pushed' || planned.pushes.some(({ outcome }) => outcome.kind === 'accepted');
  return !sendsSomething && !isDone(planned);
}
