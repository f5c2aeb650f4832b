import { drop } from './drop.ts';
import type { Phone, WaitingPush } from './phone.ts';

/**
 * Keeps a push for an offline phone as APNs does: one for each app, the latest. A device handle belongs to one app and
 * one topic, so it is one for each phone. Source: "Sending notification requests to APNs", which adds that the latest is
 * not guaranteed to be the one.
 */
export function storeApnsPush(phone: Phone, push: WaitingPush): Phone {
  const isReplaced = ({ collapseId }: WaitingPush) =>
    collapseId !== undefined && collapseId === push.collapseId;
  const { waiting } = phone;
  const replaced = drop(phone, waiting.filter(isReplaced), push.sinceMs, 'replaced');
  const alone = drop(replaced, replaced.waiting, push.sinceMs, 'only-one-kept');
  return { ...alone, waiting: [push] };
}
