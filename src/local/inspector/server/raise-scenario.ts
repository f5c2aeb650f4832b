import type { Clock } from '../../../shared/time.ts';
import type { StartTimer } from '../../functions-host/timers.ts';
import type { EnvelopeKind, Scenario } from '../scenarios/scenario.ts';
import { wrapEvent } from '../scenarios/wrap-event.ts';
import type { EventGrid } from './create-event-grid.ts';

/** What raising a scenario needs. */
export interface RaiseDeps {
  readonly eventGrid: Pick<EventGrid, 'deliver'>;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly newId: () => string;
  /** Time between two steps, milliseconds. */
  readonly pauseMs: number;
}

/**
 * Raises the events of a scenario: calls go to `relayCalls`, the rest to `relayChat`. Steps after a pause are delivered
 * later, with the time of then. Gives back how to call off what is still to come.
 */
export function raiseScenario(deps: RaiseDeps, scenario: Scenario, envelope: EnvelopeKind): () => void {
  const { clock, newId, pauseMs, eventGrid } = deps;
  const steps = scenario.steps({ nowMs: clock(), newId });
  const made = new Map<number, object>();
  const deliver = (index: number) => {
    const step = steps[index];
    if (step === undefined) return;
    const timeMs = clock() - (step.event.ageMs ?? 0);
    const earlier = step.again === undefined ? undefined : made.get(step.again);
    const event = earlier ?? wrapEvent(step.event, envelope, newId(), timeMs);
    made.set(index, event);
    void eventGrid.deliver(step.event.type.startsWith('Chat') ? 'relayChat' : 'relayCalls', event);
  };
  const cancels = steps.map(({ pauses = 0 }, index) => {
    if (pauses > 0) return deps.startTimer(() => deliver(index), pauses * pauseMs);
    deliver(index);
    return () => undefined;
  });
  return () => {
    for (const cancel of cancels) cancel();
  };
}
