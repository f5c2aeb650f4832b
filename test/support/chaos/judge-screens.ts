import type { Case } from './case.ts';

/**
 * Finds what a screen shows twice: one call that rings or is shown as missed under two keys, or one message under two.
 * Also finds every push that was sent more than once with different ids, because phones could not collapse those.
 */
export function judgeScreens({ world, byId }: Case): readonly string[] {
  const doubled: string[] = [];
  for (const phone of world.phones.values()) {
    const seen = new Set<string>();
    for (const { what, eventId } of phone.appearances) {
      const thing = `${what} of ${byId.get(eventId)?.thing} on ${phone.deviceId}`;
      if (seen.has(thing)) doubled.push(thing);
      seen.add(thing);
    }
  }
  const ids = new Map<string, string>();
  for (const { eventId, kind, deviceId, apnsId, screenKey } of world.posts) {
    const push = `${eventId} ${kind} ${deviceId}`;
    const id = JSON.stringify([apnsId, screenKey]);
    if ((ids.get(push) ?? id) !== id) doubled.push(`${push} under two ids`);
    ids.set(push, id);
  }
  return doubled;
}
