import { randomUUID } from 'node:crypto';
import type { DeliveryObserver, ObservedDelivery } from '../../functions-host/delivery-observer.ts';
import { parseJson } from '../../parse-json.ts';
import type { Journal } from './create-journal.ts';

/** Names of the Functions that take events. */
const eventFunctions = ['relayCalls', 'relayChat', 'events'];
/** So much is shown of a delivery that is no JSON, in characters. */
const longestText = 4000;

/** Writes every event that is posted to the local host into the journal, and what the host answered. */
export function observeDeliveries(journal: Journal): DeliveryObserver {
  return (delivery) => {
    const handshake = !/^(notification)?$/i.test(delivery.eventType);
    if (handshake || !eventFunctions.includes(delivery.functionName)) return () => undefined;
    const ids = eventsOf(delivery).map((event) => {
      const deliveryId = randomUUID();
      const { functionName, attempt } = delivery;
      journal.add({ kind: 'delivery', deliveryId, functionName, attempt, event });
      return deliveryId;
    });
    return ({ status, body }) => {
      const detail = status >= 400 && typeof body === 'string' && body !== '' ? { detail: body } : {};
      for (const deliveryId of ids) journal.add({ kind: 'answer', deliveryId, status, ...detail });
    };
  };
}

function eventsOf({ body }: ObservedDelivery): readonly unknown[] {
  const parsed = parseJson(body);
  if (parsed.kind === 'broken') return [body.slice(0, longestText)];
  return Array.isArray(parsed.value) ? parsed.value : [parsed.value];
}
