import type { Case } from './case.ts';
import type { Phone } from './phone.ts';
import type { Truth } from './truth.ts';

/**
 * A push is lost when it did not reach its device and nothing recorded that. In detail, for every device of the user:
 *
 * - a message, its edit or its deletion: neither the push nor a newer state of the message reached the phone;
 * - a ring: neither the ring (before its deadline) nor a notice of the missed call reached the phone, and the user did
 *   not join the call;
 * - the end of a call: the phone rang, its user never joined, and no notice of the missed call reached it.
 *
 * It is not lost when it is known to be undelivered: Event Grid dead-lettered the event, or the relay did, because this
 * very push was rejected (400 or 413) or expired.
 */
export function judgeLost(facts: Case): readonly string[] {
  const { truths, devicesOf, world } = facts;
  return truths.flatMap((truth) => {
    const userIds = truth.kind === 'ended' ? rungUsers(facts, truth) : [truth.userId ?? ''];
    return userIds.flatMap((userId) =>
      (devicesOf.get(userId) ?? [])
        .filter(({ deviceId }) => {
          const phone = world.phones.get(deviceId);
          return phone !== undefined && isLost(facts, truth, userId, phone);
        })
        .map(({ deviceId }) => `${truth.id} to ${deviceId}`),
    );
  });
}

function rungUsers({ byThing }: Case, { thing }: Truth): readonly string[] {
  return (byThing.get(thing) ?? []).flatMap(({ kind, userId }) =>
    kind === 'ring' && userId !== undefined ? [userId] : [],
  );
}

function isLost(facts: Case, truth: Truth, userId: string, phone: Phone): boolean {
  if (isKnownUndelivered(facts, truth, phone.deviceId)) return false;
  const { thing, id, kind } = truth;
  const joined = (facts.byThing.get(thing) ?? []).some(
    (one) => one.kind === 'joined' && one.userId === userId,
  );
  switch (kind) {
    case 'joined':
      return false;
    case 'ring':
      return !joined && !phone.got.has(`${id} incoming-call`) && !phone.got.has(`${thing} missed-call`);
    case 'ended': {
      const rang = [...phone.rings.values()].some(({ callId }) => callId === thing);
      const isTold =
        phone.got.has(`${thing} missed-call`) || isNoticeKnownUndelivered(facts, thing, phone.deviceId);
      return rang && !joined && !isTold && !memoryWasDown(facts, thing);
    }
    default: {
      const kinds = {
        message: 'chat-message',
        edited: 'chat-message-edited',
        deleted: 'chat-message-deleted',
      };
      const newer = (facts.byThing.get(thing) ?? []).filter((one) => ages[one.kind] > ages[kind]);
      return (
        !phone.got.has(`${id} ${kinds[kind]}`) &&
        !newer.some(
          (one) =>
            [...phone.got].some((what) => what.startsWith(`${one.id} `)) ||
            isKnownUndelivered(facts, one, phone.deviceId),
        )
      );
    }
  }
}

// Which state of a message is newer. A newer one makes the older ones worthless.
const ages: Readonly<Record<Truth['kind'], number>> = {
  message: 1,
  edited: 2,
  deleted: 3,
  ring: 0,
  joined: 0,
  ended: 0,
};

function isKnownUndelivered({ fates, lettersOf, postsOf }: Case, { id }: Truth, deviceId: string): boolean {
  if (fates.get(id)?.kind === 'dead-lettered') return true;
  const letters = lettersOf.get(id) ?? [];
  if (letters.some(({ reason }) => reason === 'retries-ended')) return true;
  const refused = (postsOf.get(id) ?? []).some(
    (post) =>
      post.deviceId === deviceId &&
      post.fault.kind === 'answer' &&
      (post.fault.status === 400 || post.fault.status === 413),
  );
  return refused && letters.some(({ reason }) => reason === 'rejected');
}

// The ring's own event sends the notice when the end of the call found no record of the ring yet.
function isNoticeKnownUndelivered(facts: Case, thing: string, deviceId: string): boolean {
  return (facts.byThing.get(thing) ?? []).some(
    (truth) => truth.kind === 'ring' && isKnownUndelivered(facts, truth, deviceId),
  );
}

// The relay logs that; without the record of the ring there is no device to stop.
function memoryWasDown({ byThing, handledOf }: Case, thing: string): boolean {
  return (byThing.get(thing) ?? []).some(({ id, kind }) =>
    (handledOf.get(id) ?? []).some(
      ({ lines }) => kind === 'ring' && lines.includes('call-memory-unavailable'),
    ),
  );
}
