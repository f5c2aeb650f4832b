import { drop } from './drop.ts';
import type { Phone } from './phone.ts';

/** The phone without the waiting pushes whose time is over. The same object when there is none. */
export function expirePushes(phone: Phone, nowMs: number): Phone {
  return drop(
    phone,
    phone.waiting.filter(({ expiresAtMs }) => expiresAtMs <= nowMs),
    nowMs,
    'expired',
  );
}
