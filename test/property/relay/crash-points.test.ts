import { describe, expect, it } from 'vitest';
import type { Device } from '../../../src/devices/device.ts';
import { calm } from '../../support/chaos/calm.ts';
import type { Conditions } from '../../support/chaos/conditions.ts';
import { judgeLate } from '../../support/chaos/judge-late.ts';
import { judgeResent } from '../../support/chaos/judge-resent.ts';
import { judgeScreens } from '../../support/chaos/judge-screens.ts';
import { makeTruth } from '../../support/chaos/make-truth.ts';
import { type CrashEnd, type CrashStory, runCrash } from '../../support/chaos/run-crash.ts';

const ada = '8:acs:clinic_ada';
const eventMs = Date.UTC(2026, 10, 22, 9);
const common = { recipientId: ada, registeredAtMs: 0, expiresAtMs: 1e15 };
const iPhone: Device = { ...common, deviceId: 'iphone', platform: 'apns', handle: 'aa', voipHandle: 'bb' };
const android: Device = { ...common, deviceId: 'android', platform: 'fcmv1', handle: 'cc' };
const iPad: Device = { ...common, deviceId: 'ipad', platform: 'apns', handle: 'dd' };

const ring = makeTruth({ id: 'ring', kind: 'ring', timeMs: eventMs, userId: ada, thing: 'call' });
const joined = makeTruth({ id: 'joined', kind: 'joined', timeMs: eventMs + 900, userId: ada, thing: 'call' });
const ended = makeTruth({
  id: 'ended',
  kind: 'ended',
  timeMs: eventMs + 900,
  userId: undefined,
  thing: 'call',
});
const message = makeTruth({ id: 'message', kind: 'message', timeMs: eventMs, userId: ada, thing: '1' });
const poison = { ...message, id: 'poison', value: { hello: 'world' } };

const story = (over: Partial<CrashStory>): CrashStory => ({
  devices: [iPhone, android, iPad],
  conditions: () => calm,
  before: [],
  event: ring,
  delayMs: 200,
  doubleAfterMs: undefined,
  between: [],
  ...over,
});

// Which of two effects that run side by side comes first depends on which is slower.
const paces: readonly { readonly pace: string; readonly slow: Partial<Conditions> }[] = [
  { pace: 'slow hubs', slow: { storageMs: () => 4, hubMs: () => 20 } },
  { pace: 'slow storage', slow: { storageMs: () => 30, hubMs: () => 6 } },
];

// The Android phone is out of reach for the first three tries of every run.
const flaky = (): Conditions => {
  let tries = 0;
  return {
    ...calm,
    hubFault: (_hub, _nowMs, handle) => {
      if (handle !== 'cc') return { kind: 'answer', status: 201 };
      tries += 1;
      return tries <= 3 ? { kind: 'answer', status: 503 } : { kind: 'answer', status: 201 };
    },
  };
};
// The Android phone's hub is away for 12 s: the lease is renewed twice meanwhile.
const away: Conditions = {
  ...calm,
  hubFault: (_hub, nowMs, handle) => ({
    kind: 'answer',
    status: handle === 'cc' && nowMs < eventMs + 12_000 ? 503 : 201,
  }),
};
// The Android phone's hub takes no ring and does not answer either, until the ring is over.
const silent: Conditions = {
  ...calm,
  hubFault: (_hub, nowMs, handle) =>
    handle === 'cc' && nowMs < eventMs + 30_000
      ? { kind: 'lost', how: 'TIMEOUT', took: false }
      : { kind: 'answer', status: 201 },
};
const refusing: Conditions = {
  ...calm,
  hubFault: (_hub, _nowMs, handle) => ({ kind: 'answer', status: handle === 'cc' ? 400 : 201 }),
};

/** What is wrong at the end of any story, beside what its own expectation finds. */
function wrongs(end: CrashEnd): readonly string[] {
  const open = [...end.world.rows.values()].filter((state) => state !== 'settled');
  return [
    ...(end.isAcknowledged ? [] : ['never acknowledged']),
    ...judgeScreens(end).map((what) => `doubled: ${what}`),
    ...judgeLate(end).map((what) => `late: ${what}`),
    ...judgeResent(end).map((what) => `resent: ${what}`),
    ...open.map((state) => `a row is ${state}`),
  ];
}

const lacking = (what: string, end: CrashEnd, deviceIds: readonly string[]): readonly string[] =>
  deviceIds
    .filter((id) => end.world.phones.get(id)?.got.has(what) !== true)
    .map((id) => `${id} lacks ${what}`);

const ringing = (end: CrashEnd): readonly string[] =>
  [...end.world.phones.values()].flatMap(({ deviceId, rings }) =>
    [...rings.values()]
      .filter(({ stoppedAtMs }) => stoppedAtMs === undefined)
      .map(() => `${deviceId} rings on`),
  );

const isTold = (end: CrashEnd, deviceId: string): boolean => {
  const got = end.world.phones.get(deviceId)?.got;
  return got?.has('ring incoming-call') === true || got?.has('ring missed-call') === true;
};

const all = ['iphone', 'android', 'ipad'];
const rang =
  (...deviceIds: string[]) =>
  (end: CrashEnd) =>
    lacking('ring incoming-call', end, deviceIds);

const stories: readonly {
  readonly name: string;
  readonly story: CrashStory;
  /** How many points an invocation has at least, so that none goes missing here. */
  readonly fewest: number;
  readonly expectation: (end: CrashEnd) => readonly string[];
}[] = [
  {
    name: 'a ring to one phone',
    story: story({ devices: [iPhone] }),
    fewest: 15,
    expectation: rang('iphone'),
  },
  {
    name: 'a ring to two phones',
    story: story({ devices: [iPhone, android] }),
    fewest: 19,
    expectation: rang('iphone', 'android'),
  },
  { name: 'a ring to three phones', story: story({}), fewest: 23, expectation: rang(...all) },
  {
    name: 'a ring to a phone that takes four tries',
    story: story({ conditions: flaky }),
    fewest: 32,
    expectation: rang(...all),
  },
  {
    name: 'a ring whose lease is renewed',
    story: story({ devices: [iPhone, android], conditions: () => away }),
    fewest: 40,
    expectation: (end) => [
      ...lacking('ring incoming-call', end, ['iphone']),
      ...['iphone', 'android'].filter((id) => !isTold(end, id)).map((id) => `${id} got no push`),
    ],
  },
  {
    name: 'a ring whose last try outlasts its deadline',
    story: story({ conditions: () => silent, delayMs: 26_000 }),
    fewest: 23,
    expectation: (end) => [
      ...lacking('ring missed-call', end, ['android']),
      ...['iphone', 'ipad'].filter((id) => !isTold(end, id)).map((id) => `${id} got no push`),
    ],
  },
  {
    name: 'a ring that the hub rejects for one phone',
    story: story({ conditions: () => refusing }),
    fewest: 23,
    expectation: (end) => [
      ...rang('iphone', 'ipad')(end),
      ...((end.lettersOf.get('ring') ?? []).some(({ reason }) => reason === 'rejected') ? [] : ['no letter']),
    ],
  },
  {
    name: 'a ring whose call ends before the redelivery',
    story: story({ between: [ended] }),
    fewest: 23,
    expectation: (end) => [...lacking('call missed-call', end, all), ...ringing(end)],
  },
  {
    name: 'a ring that is answered before the redelivery',
    story: story({ between: [joined] }),
    fewest: 23,
    expectation: (end) => ringing(end),
  },
  {
    name: 'a ring after the end of its call',
    story: story({ before: [ended] }),
    fewest: 15,
    expectation: (end) => [
      ...lacking('ring missed-call', end, all),
      ...end.world.posts.filter(({ kind }) => kind === 'incoming-call').map(() => 'it rang'),
    ],
  },
  {
    name: 'the end of a call that rang',
    story: story({ before: [ring], event: ended }),
    fewest: 25,
    expectation: (end) => [
      ...lacking('ended call-ended', end, all),
      ...lacking('ended missed-call', end, all),
      ...ringing(end),
    ],
  },
  {
    name: 'the answer to a call that rang',
    story: story({ before: [ring], event: joined }),
    fewest: 19,
    expectation: (end) => [...lacking('joined call-answered', end, all), ...ringing(end)],
  },
  {
    name: 'a chat message',
    story: story({ event: message }),
    fewest: 13,
    expectation: (end) => lacking('message chat-message', end, all),
  },
  {
    name: 'a chat message that the hub rejects for one phone',
    story: story({ event: message, conditions: () => refusing }),
    fewest: 15,
    expectation: (end) => [
      ...lacking('message chat-message', end, ['iphone', 'ipad']),
      ...((end.lettersOf.get('message') ?? []).some(({ reason }) => reason === 'rejected')
        ? []
        : ['no letter']),
    ],
  },
  {
    name: 'a ring that is delivered twice concurrently',
    story: story({ doubleAfterMs: 15 }),
    fewest: 23,
    expectation: rang(...all),
  },
  {
    name: 'a chat message that is delivered twice concurrently',
    story: story({ event: message, doubleAfterMs: 15 }),
    fewest: 13,
    expectation: (end) => lacking('message chat-message', end, all),
  },
  {
    name: 'a poison event',
    story: story({ event: poison }),
    fewest: 3,
    expectation: (end) => (end.world.letters.some(({ reason }) => reason === 'poison') ? [] : ['no letter']),
  },
];

describe.each(paces)('a relay that dies, with $pace', ({ slow }) => {
  const paced = (slowed: CrashStory): CrashStory => ({
    ...slowed,
    conditions: () => ({ ...slowed.conditions(), ...slow }),
  });

  it.each(stories)('at any point of $name leaves nothing undone', async ({ story, fewest, expectation }) => {
    const whole = await runCrash(paced(story), []);
    const points = whole.steps[0]?.length ?? 0;
    expect(points).toBeGreaterThanOrEqual(fewest);
    expect([...wrongs(whole), ...expectation(whole)]).toEqual([]);
    for (let point = 1; point <= points; point += 1) {
      const end = await runCrash(paced(story), [point]);
      expect({
        diedAt: `${point}, ${end.steps[0]?.at(-1)}`,
        wrong: [...wrongs(end), ...expectation(end)],
      }).toEqual({ diedAt: `${point}, ${whole.steps[0]?.[point - 1]}`, wrong: [] });
    }
  });

  it('at any two points of a ring and of its redelivery still rings, or announces the missed call', async () => {
    const twice = paced(story({ devices: [iPhone] }));
    const points = (await runCrash(twice, [])).steps[0]?.length ?? 0;
    for (let first = 1; first <= points; first += 1) {
      for (let second = 1; second <= points; second += 1) {
        const end = await runCrash(twice, [first, second]);
        const told = isTold(end, 'iphone');
        expect({ first, second, told, wrong: wrongs(end) }).toEqual({ first, second, told: true, wrong: [] });
      }
    }
  });
});
