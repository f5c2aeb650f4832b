import type { DropReason, Phone, WaitingPush } from './phone.ts';

/** How many of its dropped, and of its delivered, pushes a phone remembers. */
export const remembered = 200;

/** The phone without some of its waiting pushes, which it will never get. */
export function drop(phone: Phone, gone: readonly WaitingPush[], atMs: number, why: DropReason): Phone {
  if (gone.length === 0) return phone;
  return {
    ...phone,
    waiting: phone.waiting.filter((one) => !gone.includes(one)),
    dropped: [...phone.dropped, ...gone.map(({ push }) => ({ push, atMs, why }))].slice(-remembered),
  };
}
