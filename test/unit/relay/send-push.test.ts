import { describe, expect, it } from 'vitest';
import type { DirectSendClient } from '../../../src/notification-hubs/direct-send-client.ts';
import type { PushOutcome } from '../../../src/notification-hubs/push-outcome.ts';
import type { SendPriority } from '../../../src/notification-hubs/transports/hub-transport.ts';
import { sendPush } from '../../../src/relay/send-push.ts';

const accepted: PushOutcome = { kind: 'accepted' };
const unavailable: PushOutcome = { kind: 'unavailable', status: 503, detail: '' };
const unknown: PushOutcome = { kind: 'unknown', detail: 'TIMEOUT' };
const throttled = (retryAfterMs: number): PushOutcome => ({ kind: 'throttled', status: 429, retryAfterMs });
const misconfigured: PushOutcome = { kind: 'misconfigured', status: 401, detail: '' };
const rejected: PushOutcome = { kind: 'rejected', status: 400, detail: '' };

const chat: SendPriority = 'chat';

/** Runs one push against scripted hubs; every call takes `tookMs` of a clock that starts at 0. */
async function run(
  hubs: readonly [readonly PushOutcome[], ...(readonly PushOutcome[])[]],
  { expiresAtMs = 30_000, budgetEndsMs = 25_000, tookMs = 100, startMs = 0, priority = chat } = {},
) {
  let nowMs = startMs;
  const calls: string[] = [];
  const sleeps: number[] = [];
  const make = (outcomes: readonly PushOutcome[], name: number): DirectSendClient => {
    const left = [...outcomes];
    const send: DirectSendClient['send'] = async (_push, handle, { timeoutMs, waitMs }) => {
      calls.push(`hub${name} ${handle} at ${nowMs} for ${timeoutMs} after ${waitMs}`);
      nowMs += tookMs;
      return left.shift() ?? unavailable;
    };
    return { send, close: async () => {} };
  };
  const [first, ...others] = hubs;
  const sent = await sendPush(
    {
      clock: () => nowMs,
      sleep: async (ms) => {
        sleeps.push(ms);
        nowMs += ms;
      },
      startTimer: () => () => {},
      random: () => 0.5,
    },
    [make(first, 1), ...others.map((outcomes, index) => make(outcomes, index + 2))],
    {
      expiresAtMs,
      priority,
      buildAt: () => ({ platform: 'apns', target: 'alert', headers: {}, body: '{}' }),
    },
    'handle',
    budgetEndsMs,
  );
  return { ...sent, calls, sleeps };
}

describe('sendPush', () => {
  it('stops after one accepted try', async () => {
    expect(await run([[accepted]])).toEqual({
      outcome: accepted,
      tries: 1,
      via: 'primary',
      calls: ['hub1 handle at 0 for 12000 after 13000'],
      sleeps: [],
    });
  });

  it('never repeats a push that can never succeed', async () => {
    expect(await run([[rejected], [accepted]])).toMatchObject({ outcome: rejected, tries: 1 });
  });

  it('tries again with growing pauses', async () => {
    const { outcome, tries, sleeps } = await run([[unavailable, unavailable, unavailable, accepted]]);
    expect({ outcome, tries, sleeps }).toEqual({ outcome: accepted, tries: 4, sleeps: [400, 700, 1_150] });
  });

  it('tries the second hub without a pause, and pauses only when both failed', async () => {
    const { calls, sleeps } = await run([
      [unavailable, unavailable],
      [accepted, unavailable],
    ]);
    expect(calls).toEqual([
      'hub1 handle at 0 for 12000 after 2000',
      'hub2 handle at 100 for 12000 after 12900',
    ]);
    expect(sleeps).toEqual([]);
    const both = await run([
      [unavailable, unavailable],
      [unavailable, accepted],
    ]);
    expect(both.calls.map((call) => call.slice(0, 4))).toEqual(['hub1', 'hub2', 'hub1', 'hub2']);
    expect(both.sleeps).toEqual([400]);
  });

  it('retries the primary hub although the key of the secondary one is wrong', async () => {
    const { outcome, calls, sleeps } = await run([[unavailable, accepted], [misconfigured]]);
    expect(outcome).toEqual(accepted);
    expect(calls.map((call) => call.slice(0, 4))).toEqual(['hub1', 'hub2', 'hub1']);
    expect(sleeps).toEqual([400]);
    expect(await run([[misconfigured], [misconfigured]])).toMatchObject({ tries: 2, sleeps: [] });
  });

  it.each([
    [[throttled(60_000)], [unavailable, accepted], ['hub1', 'hub2', 'hub2']],
    [[unavailable, accepted], [throttled(60_000)], ['hub1', 'hub2', 'hub1']],
  ])('retries the other hub while one asks for a minute: %j %j', async (...script) => {
    const [primary, secondary, asked] = script;
    const { outcome, calls, sleeps } = await run([primary, secondary]);
    expect(outcome).toEqual(accepted);
    expect(calls.map((call) => call.slice(0, 4))).toEqual(asked);
    expect(sleeps).toEqual([400]);
  });

  it('retries a throttled hub once its time is over, and not before', async () => {
    const { calls, sleeps } = await run([[throttled(1_000), accepted], []]);
    expect(sleeps).toEqual([400, 700]);
    expect(calls.map((call) => call.slice(0, 4))).toEqual(['hub1', 'hub2', 'hub2', 'hub1']);
  });

  it('waits as long as the hub asks, plus a random part', async () => {
    const { outcome, sleeps } = await run([[throttled(3_000), accepted]]);
    expect({ outcome, sleeps }).toEqual({ outcome: accepted, sleeps: [4_000] });
  });

  it('does not wait past the end of its time', async () => {
    const { outcome, sleeps } = await run([[throttled(29_900)]]);
    expect({ outcome, sleeps }).toEqual({ outcome: throttled(29_900), sleeps: [] });
  });

  it.each<[PushOutcome, number[]]>([
    [{ kind: 'unavailable', detail: '', retryAfterMs: 2_000 }, [3_000]],
    [{ kind: 'throttled', status: 429 }, [400]],
    [{ kind: 'unavailable', detail: '' }, [400]],
    [{ kind: 'unavailable', detail: '', retryAfterMs: 50 }, [400]],
  ])('after %j waits %j ms', async (outcome, pauses) => {
    expect(await run([[outcome, accepted]])).toMatchObject({ outcome: accepted, sleeps: pauses });
  });

  it.each([
    [24_499, 2, [400]],
    [24_500, 1, []],
  ])(
    'started at %i ms makes %i tries, because the last must fit into the budget',
    async (startMs, tries, pauses) => {
      expect(await run([[unavailable]], { startMs })).toMatchObject({ tries, sleeps: pauses });
    },
  );

  it('does not wait past a deadline that comes before the end of the budget', async () => {
    const late = await run([[throttled(5_000), accepted]], { startMs: 26_000, budgetEndsMs: 60_000 });
    expect(late).toMatchObject({ outcome: throttled(5_000), tries: 1, sleeps: [] });
    const early = await run([[throttled(3_000), accepted]], { startMs: 26_000, budgetEndsMs: 60_000 });
    expect(early).toMatchObject({ outcome: accepted, tries: 2, sleeps: [3_225] });
  });

  it('reports whether the push may have arrived despite its outcome', async () => {
    expect(await run([[unknown], [misconfigured]])).toMatchObject({
      outcome: misconfigured,
      mayHaveArrived: true,
    });
    expect(await run([[unavailable], [misconfigured]])).not.toHaveProperty('mayHaveArrived');
    expect(await run([[unknown], [accepted]])).toMatchObject({ outcome: accepted, mayHaveArrived: true });
  });

  it('reports the hub of the last try and every failure', async () => {
    const both = await run([
      [misconfigured, misconfigured],
      [unavailable, accepted],
    ]);
    expect(both).toMatchObject({
      outcome: accepted,
      tries: 3,
      via: 'secondary',
      failures: ['primary misconfigured', 'secondary unavailable'],
    });
    expect(await run([[accepted]])).not.toHaveProperty('failures');
    expect(await run([[rejected]])).toMatchObject({ via: 'primary', failures: ['primary rejected'] });
    expect(await run([[accepted]], { startMs: 30_000 })).not.toHaveProperty('via');
  });

  it('reports expired when its time ends with the last try', async () => {
    const last = await run([[unavailable]], { tookMs: 1_000, startMs: 29_000, budgetEndsMs: 60_000 });
    expect(last).toMatchObject({ outcome: { kind: 'expired' }, tries: 1, sleeps: [] });
  });

  it('does not retry a misconfigured hub', async () => {
    expect(await run([[misconfigured]])).toMatchObject({ outcome: misconfigured, tries: 1, sleeps: [] });
  });

  it('sends nothing after the deadline', async () => {
    expect(await run([[accepted]], { startMs: 30_000, budgetEndsMs: 60_000 })).toMatchObject({
      outcome: { kind: 'expired' },
      tries: 0,
      calls: [],
    });
  });

  it('reports expired when the deadline passes during the tries', async () => {
    const slow = await run([[unavailable], [accepted]], {
      tookMs: 5_000,
      startMs: 26_000,
      budgetEndsMs: 60_000,
    });
    expect(slow.outcome).toEqual({ kind: 'expired' });
    expect(slow.calls).toEqual(['hub1 handle at 26000 for 4000 after 1000']);
  });

  it('returns the last outcome when the budget of the attempt is over', async () => {
    const { outcome, calls } = await run([[unknown], [accepted]], { tookMs: 5_000, startMs: 21_000 });
    expect(outcome).toEqual(unknown);
    expect(calls).toEqual(['hub1 handle at 21000 for 4000 after 1000']);
  });

  it('reports unavailable when the budget leaves no time for a single try', async () => {
    expect(await run([[accepted]], { startMs: 25_000 })).toMatchObject({
      outcome: { kind: 'unavailable', detail: 'no time was left for a try' },
      tries: 0,
    });
  });
});
