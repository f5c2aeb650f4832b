import { drop } from './drop.ts';
import type { Phone, WaitingPush } from './phone.ts';

const maxKeys = 4;
const maxPlain = 100;

/**
 * Keeps a message for an offline phone as FCM does: one for each collapse key, four keys, 100 messages without a key;
 * one more of those and all are dropped, and the app is told when it is online again. Which four keys stay is not said;
 * here the oldest goes. Source: "Non-collapsible and collapsible messages".
 */
export function storeFcmPush(phone: Phone, push: WaitingPush): Phone {
  const { collapseId, sinceMs } = push;
  if (collapseId === undefined) return storePlain(phone, push);

  const same = phone.waiting.filter((one) => one.collapseId === collapseId);
  const replaced = drop(phone, same, sinceMs, 'replaced');
  const keyed = replaced.waiting.filter((one) => one.collapseId !== undefined);
  const tooOld = keyed.slice(0, Math.max(0, keyed.length + 1 - maxKeys));
  const fitting = drop(replaced, tooOld, sinceMs, 'over-four-keys');
  return { ...fitting, waiting: [...fitting.waiting, push] };
}

function storePlain(phone: Phone, push: WaitingPush): Phone {
  const waiting = [...phone.waiting, push];
  const plain = waiting.filter((one) => one.collapseId === undefined);
  if (plain.length <= maxPlain) return { ...phone, waiting };
  return { ...drop({ ...phone, waiting }, waiting, push.sinceMs, 'over-100'), owesDeletedMessages: true };
}
