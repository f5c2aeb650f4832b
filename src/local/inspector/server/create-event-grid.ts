import type { Clock } from '../../../shared/time.ts';
import type { StartTimer } from '../../functions-host/timers.ts';
import { eventName } from '../shared/event-name.ts';
import type { Journal } from './create-journal.ts';

/** What the local Event Grid needs. */
export interface EventGridOptions {
  /** Origin of the Functions host. */
  readonly hostUrl: string;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  /** How long to wait before each redelivery, milliseconds. After the last it gives up. */
  readonly retryDelaysMs: readonly number[];
}

/** Delivers events as Event Grid does. */
export interface EventGrid {
  /** Delivers one event now, and again until the host takes it. Resolves after the first delivery. */
  readonly deliver: (functionName: string, event: unknown) => Promise<void>;
  /** Calls off what waits. */
  readonly stop: () => void;
}

/**
 * A stand-in for Event Grid: one event in each POST; whatever is not answered with 2xx comes back on a schedule, with the
 * number of earlier deliveries in `aeg-delivery-count`. Source: "Event Grid message delivery and retry".
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
    // The host is gone: as good as not taken.
    return false;
  }
}
