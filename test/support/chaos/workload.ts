import type { Device } from '../../../src/devices/device.ts';
import { makeTruth } from './make-truth.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Truth } from './truth.ts';

/** An event and how late Event Grid comes with it. */
export interface Planned {
  readonly truth: Truth;
  readonly delayMs: number;
}

/** Users with 1 to 5 devices, and events about them in order of time. */
export interface Workload {
  readonly devices: readonly Device[];
  readonly planned: readonly Planned[];
}

/** Exactly `events` events; a call or a message with all that follows from it stays together, but for the last. */
export function makeWorkload(random: SeededRandom, events: number, startMs: number): Workload {
  const userIds = Array.from(
    { length: Math.max(3, Math.ceil(events / 8)) },
    (_, n) => `8:acs:clinic_user-${n}`,
  );
  const devices = userIds.flatMap((userId) =>
    Array.from({ length: random.int(1, 5) }, (_, n) => makeDevice(random, userId, n)),
  );
  const planned: Planned[] = [];
  let timeMs = startMs;
  let things = 0;
  while (planned.length < events) {
    timeMs += random.int(50, 900);
    things += 1;
    const users = pickUsers(random, userIds);
    planned.push(
      ...(random.chance(0.5)
        ? makeCall(random, things, timeMs, users)
        : makeChat(random, things, timeMs, users)),
    );
  }
  return { devices, planned: planned.slice(0, events) };
}

function makeDevice(random: SeededRandom, recipientId: string, n: number): Device {
  const deviceId = `${recipientId}/${n}`;
  const common = { recipientId, deviceId, registeredAtMs: 0, expiresAtMs: 1e15 };
  if (random.chance(0.5)) return { ...common, platform: 'fcmv1', handle: `fcm-${deviceId}` };
  const voip = random.chance(0.7) ? { voipHandle: `voip-${deviceId}` } : {};
  return { ...common, platform: 'apns', handle: `apns-${deviceId}`, ...voip };
}

function pickUsers(random: SeededRandom, userIds: readonly string[]): readonly string[] {
  const first = random.int(0, userIds.length - 1);
  return userIds.slice(first, first + (random.chance(0.2) ? 2 : 1));
}

// A few hundred milliseconds are normal, seconds happen, and a few events come when the ring is over, or nearly.
function makeDelay(random: SeededRandom): number {
  if (random.chance(0.03)) return random.int(31_000, 70_000);
  if (random.chance(0.03)) return random.int(22_000, 31_000);
  return random.chance(0.1) ? random.int(2_000, 12_000) : random.int(50, 1_500);
}

function makeCall(random: SeededRandom, n: number, timeMs: number, users: readonly string[]): Planned[] {
  const thing = `call-${n}`;
  const call = users.map((userId, index) => ({
    truth: makeTruth({ id: `ring-${n}-${index}`, kind: 'ring', timeMs, userId, thing }),
    delayMs: makeDelay(random),
  }));
  const answerer = random.chance(0.4) ? users[0] : undefined;
  const answerMs = timeMs + random.int(1_500, 20_000);
  if (answerer !== undefined) {
    const what = { id: `joined-${n}`, kind: 'joined', timeMs: answerMs, userId: answerer, thing } as const;
    call.push({ truth: makeTruth(what), delayMs: makeDelay(random) });
  }
  // Hung up before the phone can ring, while it rings, when nobody answered, or after the talk.
  const talkMs = random.pick([300, 2_000, 9_000, 31_000]);
  const endedMs = (answerer === undefined ? timeMs : answerMs) + talkMs;
  const ended = makeTruth({ id: `ended-${n}`, kind: 'ended', timeMs: endedMs, userId: undefined, thing });
  call.push({ truth: ended, delayMs: makeDelay(random) });
  return call;
}

function makeChat(random: SeededRandom, n: number, timeMs: number, users: readonly string[]): Planned[] {
  return users.flatMap((userId, index) => {
    const thing = `${n}${index}`;
    const make = (kind: 'message' | 'edited' | 'deleted', afterMs: number): Planned => ({
      truth: makeTruth({ id: `${kind}-${n}-${index}`, kind, timeMs: timeMs + afterMs, userId, thing }),
      delayMs: makeDelay(random),
    });
    const chat = [make('message', 0)];
    if (random.chance(0.25)) chat.push(make('edited', random.int(500, 60_000)));
    if (random.chance(0.15)) chat.push(make('deleted', random.int(500, 120_000)));
    return chat;
  });
}
