import type { Case } from './case.ts';

/**
 * What is on a screen twice: one call that rings or is noted as missed under two keys, one message that stands there
 * under two. And every push that went out more than once with different ids, since phones could not tell.
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
