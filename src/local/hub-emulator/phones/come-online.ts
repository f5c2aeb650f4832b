import { remembered } from './drop.ts';
import { expirePushes } from './expire-pushes.ts';
import type { Phone } from './phone.ts';

/** The phone after it came online: what still waits is delivered, oldest first, and FCM tells it of dropped messages. */
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
