import { parseJson } from '../../parse-json.ts';
import type { ReceivedPush } from '../received-push.ts';
import { remembered } from './drop.ts';
import { expirePushes } from './expire-pushes.ts';
import type { Phone } from './phone.ts';
import { readApnsStorage } from './read-apns-storage.ts';
import { readFcmStorage } from './read-fcm-storage.ts';
import type { Storage } from './storage.ts';
import { storeApnsPush } from './store-apns-push.ts';
import { storeFcmPush } from './store-fcm-push.ts';

/** The phone after its push service got a push for it: delivered at once, kept, or dropped. Pure. */
export function receivePush(before: Phone, push: ReceivedPush, nowMs: number): Phone {
  const storage = readStorage(push, nowMs);
  const phone = rememberKey(expirePushes(before, nowMs), storage, nowMs);
  if (phone.online) {
    return { ...phone, delivered: [...phone.delivered, { push, atMs: nowMs }].slice(-remembered) };
  }
  const why = storage.stored ? (storage.expiresAtMs > nowMs ? undefined : 'expired') : 'not-stored';
  if (why !== undefined) {
    return { ...phone, dropped: [...phone.dropped, { push, atMs: nowMs, why } as const].slice(-remembered) };
  }
  const { expiresAtMs, collapseId } = storage;
  const waiting = { push, sinceMs: nowMs, expiresAtMs, ...(collapseId === undefined ? {} : { collapseId }) };
  return phone.platform === 'apns' ? storeApnsPush(phone, waiting) : storeFcmPush(phone, waiting);
}

function readStorage(push: ReceivedPush, nowMs: number): Storage {
  if (push.format === 'apple') return readApnsStorage(push.headers, nowMs);
  const payload = parseJson(push.body);
  return readFcmStorage(payload.kind === 'json' ? payload.value : undefined, nowMs);
}

function rememberKey(phone: Phone, { collapseId, stored, expiresAtMs }: Storage, nowMs: number): Phone {
  const live = phone.collapseKeys.filter(({ untilMs }) => untilMs > nowMs);
  if (phone.platform === 'apns' || collapseId === undefined || !stored)
    return { ...phone, collapseKeys: live };
  const known = live.find(({ key }) => key === collapseId);
  const untilMs = Math.max(expiresAtMs, known?.untilMs ?? 0);
  const others = live.filter(({ key }) => key !== collapseId);
  return { ...phone, collapseKeys: [...others, { key: collapseId, untilMs }] };
}
