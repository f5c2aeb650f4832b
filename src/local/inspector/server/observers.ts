import { randomUUID } from 'node:crypto';
import { parseJson } from '../../../shared/json.ts';
import type { DeliveryObserver, ObservedDelivery } from '../../functions-host/answer-request.ts';
import type { HubFault } from '../../hub-emulator/faults.ts';
import {
  type HubRecord,
  maskHandle,
  type ReceivedPush,
  type RefusedRequest,
} from '../../hub-emulator/hub-record.ts';
import type { LogView } from '../../hub-emulator/log.ts';
import type { Phone } from '../../hub-emulator/phones/phone.ts';
import type { Phones } from '../../hub-emulator/phones/phones.ts';
import type { PushRecord, RefusalRecord } from '../shared/journal-record.ts';
import type { Journal } from './journal.ts';

interface WatchedHub {
  readonly records: Pick<LogView<HubRecord>, 'subscribe'>;
  readonly phones: Pick<Phones, 'subscribe'>;
}

/**
 * Records requests to the hub emulator, and the pushes that its phones receive or never will. Masks handles, so that no
 * unmasked one reaches the page. Returns a function that stops it.
 */
export function observeHub(hub: WatchedHub, journal: Journal): () => void {
  const endRecords = hub.records.subscribe((record) => {
    journal.add(record.kind === 'push' ? toPush(record.push) : toRefusal(record.request));
  });
  const known = new Set<string>();
  const endPhones = hub.phones.subscribe((phone) => {
    for (const record of newOnPhone(phone, known)) journal.add(record);
  });
  return () => {
    endRecords();
    endPhones();
  };
}

/** Names of the Functions that receive events. */
const eventFunctions = ['relayCalls', 'relayChat', 'events'];

/** Records every event that is posted to the local host, and the answer of the host. */
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

function toPush(push: ReceivedPush): PushRecord {
  const { id, trackingId, hub, format, keyName, body, bodyBytes, status, findings, apiVersion } = push;
  const fault = push.fault === undefined ? {} : { fault: describeFault(push.fault) };
  return {
    kind: 'push',
    pushId: id,
    trackingId,
    hub,
    format,
    handles: push.deviceHandles.map(maskHandle),
    path: `/${hub}/messages/?direct&api-version=${apiVersion}`,
    headers: withoutHandles(push.headers),
    keyName,
    body,
    bodyBytes,
    status,
    findings,
    ...fault,
  };
}

const answers: Readonly<Record<string, string>> = {
  reset: 'connection reset before the answer',
  'half-answer': 'answer cut off in its headers',
  none: 'no answer on an open connection',
  late: 'answer 201',
};

function describeFault({ answer, delayMs }: HubFault): string {
  const end = typeof answer === 'object' ? `answer ${answer.status}` : (answers[answer ?? 'late'] ?? '');
  return delayMs === undefined ? end : `${end} after ${delayMs} ms`;
}

function withoutHandles(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const name = 'servicebusnotification-devicehandle';
  const handle = headers[name];
  return handle === undefined ? headers : { ...headers, [name]: maskHandle(handle) };
}

function toRefusal(request: RefusedRequest): RefusalRecord {
  const { trackingId, method, path, status, detail, findings, body } = request;
  const headers = withoutHandles(request.headers);
  // The body of a batch, which the emulator rejects, lists device handles.
  const shown = headers['content-type']?.startsWith('multipart/') === true ? '' : (body ?? '');
  return { kind: 'refusal', trackingId, method, path, status, detail, headers, body: shown, findings };
}

function newOnPhone({ handle, delivered, dropped }: Phone, known: Set<string>) {
  const masked = maskHandle(handle);
  const isNew = ({ push }: { readonly push: ReceivedPush }) => {
    const key = `${push.id} ${handle}`;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  };
  return [
    ...dropped
      .filter(isNew)
      .map(({ push, why }) => ({ kind: 'drop', pushId: push.id, handle: masked, why }) as const),
    ...delivered
      .filter(isNew)
      .map(({ push }) => ({ kind: 'arrival', pushId: push.id, handle: masked }) as const),
  ];
}

/** Limit for a delivery that is not JSON, in characters. */
const longestText = 4000;

function eventsOf({ body }: ObservedDelivery): readonly unknown[] {
  const value = parseJson(body);
  if (value === undefined) return [body.slice(0, longestText)];
  return Array.isArray(value) ? value : [value];
}
