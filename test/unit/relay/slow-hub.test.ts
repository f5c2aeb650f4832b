import { describe, expect, it } from 'vitest';
import type { SendPriority } from '../../../src/notification-hubs/transports/hub-transport.ts';
import type { HubClients } from '../../../src/relay/attempt.ts';
import { createHubHealth, type HubHealth } from '../../../src/relay/hub-tries.ts';
import { type SentPush, sendPush } from '../../../src/relay/send-push.ts';
import { createVirtualTime, type VirtualTime } from '../../support/chaos/virtual-time.ts';
import { createTimedHub, type TimedAnswer, type TimedPost } from '../../support/timed-hub.ts';

type Recheck = Parameters<typeof sendPush>[2]['recheck'];

/** One instance with its hubs, in virtual time from 0. */
function createInstance(...answers: readonly ((nowMs: number, running: number) => TimedAnswer)[]) {
  const time: VirtualTime = createVirtualTime(0);
  const hubHealth: HubHealth = createHubHealth();
  const hubs = answers.map((answer) => createTimedHub({ time, answer }));
  const [first, ...others] = hubs.map(({ client }) => client);
  if (first === undefined) throw new Error('An instance has a hub.');
  const clients: HubClients = [first, ...others];
  const sent: (SentPush & { readonly handle: string; readonly tookMs: number; readonly doneMs: number })[] =
    [];
  const send = async (
    priority: SendPriority,
    handle: string,
    atMs: number,
    recheck?: Recheck,
  ): Promise<void> => {
    await time.sleep(atMs);
    const result = await sendPush(
      { clock: time.clock, sleep: time.sleep, startTimer: time.startTimer, random: () => 0, hubHealth },
      clients,
      {
        expiresAtMs: atMs + (priority === 'ring' ? 30_000 : 86_400_000),
        priority,
        buildAt: () => ({ platform: 'apns', target: 'alert', headers: {}, body: `"${handle}"` }),
        ...(recheck === undefined ? {} : { recheck }),
      },
      handle,
      atMs + 25_000,
    );
    const doneMs = time.clock();
    sent.push({ ...result, handle, tookMs: doneMs - atMs, doneMs });
  };
  const posts: readonly (readonly TimedPost[])[] = hubs.map((hub) => hub.posts);
  return { time, send, sent, posts, hubHealth };
}

const answersAfter = (afterMs: number) => () => ({ afterMs });
const never = answersAfter(Number.POSITIVE_INFINITY);
const quick = answersAfter(50);

const countBy = (texts: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(texts, (text) => text)].map(([text, all]) => [text, all.length]));

describe('a slow hub', () => {
  it.each<SendPriority>(['chat', 'ring'])(
    'that answers 201 after 6 s accepts one copy of a %s',
    async (priority) => {
      const { time, send, sent, posts } = createInstance(answersAfter(6_000));
      void send(priority, 'phone', 0);
      await time.run();
      expect(sent).toMatchObject([{ outcome: { kind: 'accepted' }, tries: 1, tookMs: 6_000 }]);
      expect(posts.map((some) => some.length)).toEqual([1]);
    },
  );

  it('at 2.5 s with 40 messages a second for 12 s gets 480 posts, and none fails', async () => {
    const { time, send, sent, posts } = createInstance(answersAfter(2_500));
    for (let index = 0; index < 480; index += 1) void send('chat', `phone-${index}`, index * 25);
    for (let index = 0; index < 12; index += 1) void send('ring', `ring-${index}`, index * 1_000 + 500);
    await time.run();
    expect(countBy(sent.map(({ outcome }) => outcome.kind))).toEqual({ accepted: 492 });
    const [some = []] = posts;
    expect(countBy(some.map(({ priority }) => priority))).toEqual({ chat: 480, ring: 12 });
    expect(new Set(some.map(({ handle }) => handle)).size).toBe(492);
  });

  it('lets a ring pass all the messages that wait for a socket', async () => {
    const { time, send, sent } = createInstance(answersAfter(2_500));
    for (let index = 0; index < 128; index += 1) void send('chat', 'phone', index);
    void send('ring', 'ring', 1_000);
    await time.run();
    expect(sent.find(({ handle }) => handle === 'ring')).toMatchObject({ tookMs: 4_000 });
    expect(sent.filter(({ tookMs }) => tookMs > 5_000).length).toBe(1);
  });

  it('that takes longer than 12 s is not asked again by the attempt, for chat and for rings', async () => {
    for (const priority of ['chat', 'ring'] as const) {
      const { time, send, sent, posts } = createInstance(answersAfter(13_000));
      void send(priority, 'phone', 0);
      await time.run();
      expect(sent).toMatchObject([{ outcome: { kind: 'unknown' }, tries: 1, tookMs: 12_000 }]);
      expect(posts.map((some) => some.length)).toEqual([1]);
    }
  });

  it('is followed by the secondary after 12 s for a message', async () => {
    const { time, send, sent } = createInstance(never, quick);
    void send('chat', 'phone', 0);
    await time.run();
    expect(sent).toMatchObject([
      {
        outcome: { kind: 'accepted' },
        tries: 2,
        via: 'secondary',
        tookMs: 12_050,
        mayHaveArrived: true,
        failures: ['primary unknown'],
      },
    ]);
  });

  it('without a free socket loses a message to the secondary after 2 s', async () => {
    const { time, send, sent, posts } = createInstance(never, quick);
    for (let index = 0; index < 64; index += 1) void send('chat', 'other', 0);
    void send('chat', 'phone', 1);
    await time.run();
    expect(sent.find(({ handle }) => handle === 'phone')).toMatchObject({
      outcome: { kind: 'accepted' },
      tookMs: 2_050,
      failures: ['primary unavailable'],
    });
    expect(posts[0]?.length).toBe(64);
  });

  it('gives a ring two copies at most, one at each hub', async () => {
    const { time, send, sent, posts } = createInstance(answersAfter(2_500), answersAfter(2_500));
    for (let index = 0; index < 20; index += 1) void send('ring', `ring-${index}`, index * 10_000);
    await time.run();
    expect(countBy(sent.map(({ outcome }) => outcome.kind))).toEqual({ accepted: 20 });
    for (const some of posts) expect(new Set(some.map(({ handle }) => handle)).size).toBe(some.length);
  });
});

describe('goodput just above the capacity of a hub', () => {
  // The hub works on 64 requests at a time; more of them make each one slower.
  const hub = (_nowMs: number, running: number) => ({ afterMs: 1_000 * Math.max(1, running / 64) });
  it('is the capacity: 70 messages a second for 60 s at a hub that takes 64', async () => {
    const { time, send, sent, posts } = createInstance(hub);
    for (let index = 0; index < 4_200; index += 1)
      void send('chat', `phone-${index}`, Math.floor((index * 1_000) / 70));
    await time.run();
    const kinds = countBy(sent.map(({ outcome }) => outcome.kind));
    const [some = []] = posts;
    expect({ kinds, posts: some.length }).toEqual({ kinds: { accepted: 4_200 }, posts: 4_200 });
    expect(sent.filter(({ doneMs }) => doneMs <= 60_000).length).toBe(3_777);
    expect(Math.max(...sent.map(({ doneMs }) => doneMs))).toBeLessThan(67_000);
  });
});

describe('a hanging primary', () => {
  const p95 = (times: readonly number[]) =>
    [...times].sort((one, other) => one - other)[Math.ceil(times.length * 0.95) - 1];
  it.each([
    ['one after the other', 10],
    ['one a second', 1_000],
    ['one in ten seconds', 10_000],
    ['one in forty seconds', 40_000],
  ])('costs 20 rings, %s, less than a second each from the second on', async (_, everyMs) => {
    const { time, send, sent, posts } = createInstance(never, quick);
    for (let index = 0; index < 20; index += 1) void send('ring', `ring-${index}`, index * everyMs);
    await time.run();
    expect(countBy(sent.map(({ outcome }) => outcome.kind))).toEqual({ accepted: 20 });
    const times = sent.filter(({ handle }) => handle !== 'ring-0').map(({ tookMs }) => tookMs);
    expect(p95(times)).toBeLessThanOrEqual(750);
    expect(posts[1]?.length).toBe(20);
  });

  it('is asked second for 30 s once it has timed out, by chat too', async () => {
    const { time, send, sent, posts } = createInstance(never, quick);
    void send('chat', 'first', 0);
    void send('chat', 'learnt', 13_000);
    void send('chat', 'still', 41_900);
    void send('chat', 'again', 42_000);
    await time.run();
    expect(sent.map(({ handle, tookMs }) => [handle, tookMs])).toEqual([
      ['first', 12_050],
      ['learnt', 50],
      ['still', 50],
      ['again', 12_050],
    ]);
    expect(posts[0]?.map(({ handle }) => handle)).toEqual(['first', 'again']);
  });

  it('that refuses connections is asked second, also when the other hub has failed once and is well again', async () => {
    const { time, send, sent } = createInstance(
      () => ({ afterMs: 0, kind: 'refused' as const }),
      (nowMs) => ({ afterMs: 50, status: nowMs >= 2_000 && nowMs < 2_100 ? 503 : 201 }),
    );
    void send('chat', 'first', 0);
    void send('chat', 'learnt', 1_000);
    void send('chat', 'glitch', 2_000);
    void send('chat', 'well', 5_000);
    await time.run();
    expect(sent.map(({ handle, tries }) => [handle, tries])).toEqual([
      ['first', 2],
      ['learnt', 1],
      ['glitch', 4],
      ['well', 1],
    ]);
  });

  it('that is only slow is asked second by rings for 30 s, and not by chat', async () => {
    const { time, send, posts } = createInstance(answersAfter(2_500), quick);
    void send('ring', 'first', 0);
    void send('ring', 'learnt', 3_000);
    void send('chat', 'chat', 3_000);
    void send('ring', 'again', 31_000);
    await time.run();
    expect(posts.map((some) => some.map(({ handle }) => handle))).toEqual([
      ['first', 'chat', 'again'],
      ['first', 'learnt', 'again'],
    ]);
  });
});

describe('a hub that throttles', () => {
  const until = (okMs: number) => (nowMs: number) =>
    nowMs < okMs ? { afterMs: 50, status: 429, headers: { 'retry-after': '6' } } : { afterMs: 50 };

  it('is left alone by the chat of the instance until Retry-After is over, and not by its rings', async () => {
    const { time, send, sent, posts } = createInstance(until(6_000));
    void send('chat', 'first', 0);
    for (let index = 1; index <= 20; index += 1) void send('chat', `chat-${index}`, index * 200);
    void send('ring', 'ring', 1_000);
    await time.run();
    const early = posts[0]?.filter(({ atMs }) => atMs < 6_050).map(({ handle, atMs }) => [handle, atMs]);
    expect(early).toEqual([
      ['first', 0],
      ['ring', 1_000],
    ]);
    expect(countBy(sent.map(({ outcome }) => outcome.kind))).toEqual({ accepted: 22 });
  });

  it('sends chat to the secondary meanwhile', async () => {
    const { time, send, posts } = createInstance(until(60_000), quick);
    void send('chat', 'first', 0);
    void send('chat', 'second', 200);
    await time.run();
    expect(posts.map((some) => some.map(({ handle }) => handle))).toEqual([['first'], ['first', 'second']]);
  });

  it('ends the attempt of a message unsent when the wait is longer than the attempt', async () => {
    const { time, send, sent } = createInstance(() => ({
      afterMs: 50,
      status: 429,
      headers: { 'retry-after': '40' },
    }));
    void send('chat', 'first', 0);
    void send('chat', 'second', 1_050);
    await time.run();
    expect(sent.map(({ handle, outcome, tries }) => ({ handle, outcome, tries }))).toEqual([
      { handle: 'first', outcome: { kind: 'throttled', status: 429, retryAfterMs: 40_000 }, tries: 1 },
      { handle: 'second', outcome: { kind: 'throttled', status: 429, retryAfterMs: 39_000 }, tries: 0 },
    ]);
  });

  it('never silences chat for longer than five minutes', async () => {
    const { time, send, posts } = createInstance((nowMs) =>
      nowMs === 0 ? { afterMs: 0, status: 429, headers: { 'retry-after': '86400' } } : { afterMs: 50 },
    );
    void send('chat', 'first', 0);
    void send('chat', 'early', 270_000);
    void send('chat', 'later', 300_000);
    await time.run();
    expect(posts[0]?.map(({ handle }) => handle)).toEqual(['first', 'later']);
  });
});

describe('a push that has become wrong while it waited', () => {
  const busyOnce = (nowMs: number) =>
    nowMs < 1_000 ? { afterMs: 50, status: 429, headers: { 'retry-after': '6' } } : { afterMs: 50 };
  const since =
    (atMs: number, time: VirtualTime, reason: 'answered' | 'moved'): Recheck =>
    async () =>
      time.clock() >= atMs ? reason : undefined;

  it('is not sent: 429 with Retry-After 6, answered at 2 s', async () => {
    const { time, send, sent, posts } = createInstance(busyOnce);
    void send('ring', 'phone', 0, since(2_000, time, 'answered'));
    await time.run();
    expect(sent).toMatchObject([{ outcome: { kind: 'dropped', reason: 'answered' }, tries: 1 }]);
    expect(posts[0]?.filter(({ isAccepted }) => isAccepted)).toEqual([]);
    expect(posts[0]?.length).toBe(1);
  });

  it('is not sent by the secondary either, after the primary timed out', async () => {
    const { time, send, sent, posts } = createInstance(never, quick);
    void send('chat', 'phone', 0, since(2_000, time, 'moved'));
    await time.run();
    expect(sent).toMatchObject([
      { outcome: { kind: 'dropped', reason: 'moved' }, tries: 1, mayHaveArrived: true },
    ]);
    expect(posts[1]).toEqual([]);
  });

  it('is not sent when it waited for a socket', async () => {
    const { time, send, sent, posts } = createInstance(answersAfter(2_500));
    for (let index = 0; index < 64; index += 1) void send('chat', 'other', 0);
    void send('chat', 'phone', 1, since(2_000, time, 'moved'));
    await time.run();
    expect(sent.find(({ handle }) => handle === 'phone')).toMatchObject({
      outcome: { kind: 'dropped', reason: 'moved' },
      tries: 0,
    });
    expect(posts[0]?.some(({ handle }) => handle === 'phone')).toBe(false);
  });

  it('is sent while it is still right, and the facts are read only before tries a second after the last', async () => {
    let asked = 0;
    const { time, send, sent } = createInstance((nowMs) => ({
      afterMs: 50,
      status: nowMs < 1_200 ? 503 : 201,
    }));
    void send('ring', 'phone', 0, async () => {
      asked += 1;
      return undefined;
    });
    await time.run();
    expect(sent).toMatchObject([{ outcome: { kind: 'accepted' }, tries: 6 }]);
    expect(asked).toBe(1);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('storage is down')), 1_000],
    ['hangs', () => new Promise<never>(() => {}), 1_000],
  ])('is sent as a ring, but not as a message, when reading the facts %s', async (how, recheck) => {
    const ring = createInstance(busyOnce);
    void ring.send('ring', 'phone', 0, recheck);
    await ring.time.run();
    expect(ring.sent).toMatchObject([
      { outcome: { kind: 'accepted' }, tries: 2, tookMs: how === 'hangs' ? 7_100 : 6_100 },
    ]);
    const chat = createInstance(busyOnce);
    void chat.send('chat', 'phone', 0, recheck);
    await chat.time.run();
    expect(chat.sent).toMatchObject([{ outcome: { kind: 'throttled' }, tries: 1 }]);
    expect(chat.posts[0]?.length).toBe(1);
  });
});
