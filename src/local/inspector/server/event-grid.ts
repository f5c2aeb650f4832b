import type { Clock } from '../../../shared/time.ts';
import type { StartTimer } from '../../functions-host/timers.ts';
import { type EnvelopeKind, type Scenario, wrapEvent } from '../scenarios/scenario.ts';
import { eventName } from '../shared/payload.ts';
import type { Journal } from './journal.ts';

interface EventGridOptions {
  /** Origin of the Functions host. */
  readonly hostUrl: string;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  /** Delay before each redelivery, milliseconds. After the last one it gives up. */
  readonly retryDelaysMs: readonly number[];
}

interface EventGrid {
  /** Delivers an event, and redelivers it until the host accepts it. Resolves after the first delivery. */
  readonly deliver: (functionName: string, event: unknown) => Promise<void>;
  /** Cancels pending redeliveries. */
  readonly stop: () => void;
}

/**
 * Emulates Event Grid: one event per POST. An event without a 2xx answer is redelivered on a schedule, with the number of
 * earlier deliveries in `aeg-delivery-count`. Source: "Event Grid message delivery and retry".
 */
export function createEventGrid(options: EventGridOptions): EventGrid {
  const { journal, clock, startTimer, retryDelaysMs } = options;
  const waiting = new Set<() => void>();
  let stopped = false;

  const deliver = async (functionName: string, event: unknown, earlier: number): Promise<void> => {
    if ((await isTaken(options.hostUrl, functionName, event, earlier)) || stopped) return;
    const { id, type } = eventName(event);
    const delayMs = retryDelaysMs[earlier];
    if (delayMs === undefined) {
      journal.add({ kind: 'redelivery', eventId: id, eventType: type });
      return;
    }
    journal.add({ kind: 'redelivery', eventId: id, eventType: type, dueAtMs: clock() + delayMs });
    const cancel = startTimer(() => {
      waiting.delete(cancel);
      void deliver(functionName, event, earlier + 1);
    }, delayMs);
    waiting.add(cancel);
  };
  return {
    deliver: (functionName, event) => deliver(functionName, event, 0),
    stop: () => {
      stopped = true;
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
}

interface RaiseDeps {
  readonly eventGrid: Pick<EventGrid, 'deliver'>;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly newId: () => string;
  /** Time between two steps, milliseconds. */
  readonly pauseMs: number;
}

/**
 * Raises the events of a scenario: calls go to `relayCalls`, all others to `relayChat`. Steps after a pause are delivered
 * later, stamped with the time of delivery. Returns a function that cancels the remaining steps.
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

async function isTaken(
  hostUrl: string,
  functionName: string,
  event: unknown,
  earlier: number,
): Promise<boolean> {
  try {
    const response = await fetch(`${hostUrl}/runtime/webhooks/EventGrid?functionName=${functionName}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'aeg-event-type': 'Notification',
        'aeg-delivery-count': String(earlier),
      },
      body: JSON.stringify(Array.isArray(event) ? event : [event]),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // The host is gone, so it has not accepted the event.
    return false;
  }
}
