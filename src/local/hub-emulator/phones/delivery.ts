import { parseJson } from '../../../shared/json.ts';
import type { ReceivedPush } from '../hub-record.ts';
import type { DropReason, Phone, WaitingPush } from './phone.ts';
import { readApnsStorage, readFcmStorage, type Storage } from './storage.ts';

/** How many delivered pushes, and how many dropped ones, a phone keeps. */
const remembered = 200;

/** The phone after a push: delivered immediately, stored, or dropped. Pure. */
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

/** The phone after it came online: waiting pushes are delivered, oldest first, and FCM reports dropped messages. */
export function comeOnline(before: Phone, nowMs: number): Phone {
  const phone = expirePushes(before, nowMs);
  const arriving = phone.waiting.map(({ push }) => ({ push, atMs: nowMs }));
  return {
    ...phone,
    online: true,
    waiting: [],
    delivered: [...phone.delivered, ...arriving].slice(-remembered),
    owesDeletedMessages: false,
    deletedMessagesAtMs: phone.owesDeletedMessages
      ? [...phone.deletedMessagesAtMs, nowMs]
      : phone.deletedMessagesAtMs,
  };
}

/** The phone without expired pushes. Returns the same object when none has expired. */
export function expirePushes(phone: Phone, nowMs: number): Phone {
  return drop(
    phone,
    phone.waiting.filter(({ expiresAtMs }) => expiresAtMs <= nowMs),
    nowMs,
    'expired',
  );
}

function readStorage(push: ReceivedPush, nowMs: number): Storage {
  if (push.format === 'apple') return readApnsStorage(push.headers, nowMs);
  return readFcmStorage(parseJson(push.body), nowMs);
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

/**
 * Stores a push for an offline phone as APNs does: one per app, the latest. A device handle belongs to one app and one
 * topic, so that is one per phone. Source: "Sending notification requests to APNs", which does not guarantee the latest.
 */
function storeApnsPush(phone: Phone, push: WaitingPush): Phone {
  const isReplaced = ({ collapseId }: WaitingPush) =>
    collapseId !== undefined && collapseId === push.collapseId;
  const { waiting } = phone;
  const replaced = drop(phone, waiting.filter(isReplaced), push.sinceMs, 'replaced');
  const alone = drop(replaced, replaced.waiting, push.sinceMs, 'only-one-kept');
  return { ...alone, waiting: [push] };
}

/** Moves some waiting pushes of a phone to its dropped ones. */
function drop(phone: Phone, gone: readonly WaitingPush[], atMs: number, why: DropReason): Phone {
  if (gone.length === 0) return phone;
  return {
    ...phone,
    waiting: phone.waiting.filter((one) => !gone.includes(one)),
    dropped: [...phone.dropped, ...gone.map(({ push }) => ({ push, atMs, why }))].slice(-remembered),
  };
}

const maxKeys = 4;

/**
 * Stores a message for an offline phone as FCM does: one per collapse key, four keys, 100 messages without a key. One more
 * of the latter drops everything, and the app learns of it when it is online again. Which four keys stay is not
 * documented; here the oldest is dropped. Source: "Non-collapsible and collapsible messages".
 */
function storeFcmPush(phone: Phone, push: WaitingPush): Phone {
  const { collapseId, sinceMs } = push;
  if (collapseId === undefined) return storePlain(phone, push);

  const same = phone.waiting.filter((one) => one.collapseId === collapseId);
  const replaced = drop(phone, same, sinceMs, 'replaced');
  const keyed = replaced.waiting.filter((one) => one.collapseId !== undefined);
  const tooOld = keyed.slice(0, Math.max(0, keyed.length + 1 - maxKeys));
  const fitting = drop(replaced, tooOld, sinceMs, 'over-four-keys');
  return { ...fitting, waiting: [...fitting.waiting, push] };
}

const maxPlain = 100;

function storePlain(phone: Phone, push: WaitingPush): Phone {
  const waiting = [...phone.waiting, push];
  const plain = waiting.filter((one) => one.collapseId === undefined);
  if (plain.length <= maxPlain) return { ...phone, waiting };
  return { ...drop({ ...phone, waiting }, waiting, push.sinceMs, 'over-100'), owesDeletedMessages: true };
}
