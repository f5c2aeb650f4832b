import { describe, expect, it } from 'vitest';
import { ada, ben, eventGridEvent, bensRing as ring } from '../../support/events.ts';
import { adasPhones, answer, created, createRelayHarness, eventMs } from '../../support/relay-harness.ts';

const ended = eventGridEvent('CallEnded', { correlationId: 'call-1' }, { id: 'ended-1' });

describe('a ring past its deadline', () => {
  it('becomes a missed call', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 30_000 });
    await harness.handle(ring);
    expect(harness.seen()).toEqual(['alert aaaa missed-call', 'alert fcm- missed-call']);
  });

  it('becomes a missed call on the device that could not be reached in time', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs + 29_000,
      devices: adasPhones.slice(0, 1),
      respond: ({ kind }) => {
        if (kind === 'missed-call') return created;
        harness.advance(1_500);
        return answer(503);
      },
    });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.seen()).toEqual(['alert aaaa missed-call', 'voip bbbb incoming-call']);
    expect(harness.letters).toEqual([]);
  });

  it('becomes no missed call for a user who is in the call', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs + 29_000,
      devices: adasPhones.slice(0, 1),
      respond: () => {
        harness.advance(1_500);
        return answer(503);
      },
      over: (deps) => ({
        ...deps,
        calls: {
          ...deps.calls,
          rememberRung: (callId) => deps.calls.markJoined(callId, ada, harness.clock()),
        },
      }),
    });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.seen()).toEqual(['voip bbbb incoming-call']);
  });
});

describe('the notice of a missed call', () => {
  it.each([
    ['skipped', 'the user joined at the very moment of the ring', ada, eventMs, 'answered'],
    ['sent', 'the user joined before the ring', ada, eventMs - 1, undefined],
    ['sent', 'another user joined', ben, eventMs + 1, undefined],
  ])('is %s when %s', async (_end, _case, who, atMs, reason) => {
    const harness = createRelayHarness({ nowMs: eventMs + 40_000 });
    await harness.deps.calls.markJoined('call-1', who, atMs);
    const report = await harness.handle(ring);
    if (reason === undefined) expect(report).toMatchObject({ kind: 'pushed', pushes: [{}, {}] });
    else expect(report).toMatchObject({ kind: 'skipped', reason });
  });

  it('is sent when the call has ended since without the user', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 40_000 });
    await harness.deps.calls.markEnded('call-1', eventMs + 35_000);
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.seen()).toEqual(['alert aaaa missed-call', 'alert fcm- missed-call']);
  });

  it('is sent after the stop, because a phone that is off keeps only the last push', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      devices: adasPhones.slice(0, 1),
      respond: ({ kind }) =>
        kind === 'call-ended' && harness.posts.filter((post) => post.kind === kind).length < 3
          ? answer(503)
          : created,
    });
    await harness.handle(ring);
    harness.posts.length = 0;
    await harness.handle(ended);
    expect(harness.posts.map(({ kind }) => kind)).toEqual([
      'call-ended',
      'call-ended',
      'call-ended',
      'missed-call',
    ]);
  });
});
