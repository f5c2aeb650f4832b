import { describe, expect, it } from 'vitest';
import { ada, ben, eventGridEvent, bensRing as ring, user } from '../../support/events.ts';
import { adasPhones, answer, created, createRelayHarness, eventMs } from '../../support/relay-harness.ts';

const joined = (who: string) =>
  eventGridEvent(
    'CallParticipantAdded',
    { user: { communicationIdentifier: user(who) }, correlationId: 'call-1' },
    { id: `joined-${who}`, eventTime: '2026-11-22T09:00:05Z' },
  );

const ended = eventGridEvent(
  'CallEnded',
  { correlationId: 'call-1' },
  { id: 'ended-1', eventTime: '2026-11-22T09:00:10Z' },
);

describe('the end of the ringing', () => {
  it('reaches a phone that rings, and keeps from ringing another one that could not be reached yet', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: ({ hub, kind }) => {
        if (hub !== 'voip' || kind !== 'incoming-call') return created;
        // The iPhone's ring fails until the Android phone has been stopped.
        return harness.posts.some((post) => post.kind === 'call-ended') ? created : answer(503);
      },
      over: (deps) => ({
        ...deps,
        calls: {
          ...deps.calls,
          rememberRung: async (...rung) => {
            await deps.calls.markEnded('call-1', harness.clock());
            return deps.calls.rememberRung(...rung);
          },
        },
      }),
    });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
    const of = (handle: string) =>
      harness.posts.filter((post) => post.handle.startsWith(handle)).map(({ kind }) => kind);
    expect(of('fcm-')).toEqual(['incoming-call', 'call-ended', 'missed-call']);
    expect(new Set(of('bbbb'))).toEqual(new Set(['incoming-call']));
    expect(of('aaaa')).toEqual(['missed-call']);
  });

  it('reaches a phone whose ring got no response and then a refusal, by the redelivery too', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      devices: adasPhones.slice(0, 1),
      respond: ({ kind }) => (kind === 'incoming-call' ? { kind: 'no-answer', reason: 'TIMEOUT' } : created),
      secondary: ({ kind }) => (kind === 'incoming-call' ? answer(401) : created),
    });
    expect(await harness.handle(ring)).toMatchObject({
      settled: false,
      pushes: [{ outcome: { kind: 'misconfigured' }, mayHaveArrived: true }],
    });
    await harness.deps.calls.markEnded('call-1', harness.clock());
    harness.advance(10_000);
    harness.posts.length = 0;
    await harness.handle(ring);
    expect(harness.seen()).toEqual(['alert aaaa call-ended', 'alert aaaa missed-call']);
  });

  it('stops the other devices of the user who answered, and no others', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(ring);
    harness.advance(5_000);
    harness.posts.length = 0;
    expect(await harness.handle(joined(ben))).toMatchObject({ kind: 'skipped', reason: 'nobody-rung' });
    await harness.handle(joined(ada));
    expect(harness.seen()).toEqual(['alert aaaa call-answered', 'alert fcm- call-answered']);
  });

  it('sends call-ended and missed-call, with the caller’s name, to a user who never joined', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(ring);
    harness.advance(10_000);
    harness.posts.length = 0;
    await harness.handle(ended);
    expect(harness.seen()).toEqual([
      'alert aaaa call-ended',
      'alert aaaa missed-call',
      'alert fcm- call-ended',
      'alert fcm- missed-call',
    ]);
    const missed = harness.posts.find(
      ({ kind, handle }) => kind === 'missed-call' && handle.startsWith('aa'),
    );
    expect(JSON.parse(missed?.body ?? '').aps.alert).toEqual({ title: 'Ben', body: 'Missed call' });
    expect(await harness.handle(ended)).toMatchObject({ kind: 'skipped', reason: 'delivered-before' });
  });

  it('sends only call-ended to a user who joined', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(ring);
    await harness.handle(joined(ada));
    harness.advance(10_000);
    harness.posts.length = 0;
    await harness.handle(ended);
    expect(harness.seen()).toEqual(['alert aaaa call-ended', 'alert fcm- call-ended']);
  });

  it.each([
    [
      'ended',
      ended,
      ['alert aaaa call-ended', 'alert aaaa missed-call', 'alert fcm- call-ended', 'alert fcm- missed-call'],
    ],
    ['was answered', joined(ada), ['alert aaaa call-answered', 'alert fcm- call-answered']],
  ])('stops a ring whose call %s while the ring was on its way', async (_, event, stops) => {
    let happened = false;
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        // The event arrives after the state of the call was read and before it is recorded who is rung.
        calls: {
          ...deps.calls,
          rememberRung: async (...ring) => {
            if (!happened) {
              happened = true;
              expect(await harness.handle(event)).toMatchObject({ kind: 'skipped', reason: 'nobody-rung' });
            }
            return deps.calls.rememberRung(...ring);
          },
        },
      }),
    });
    await harness.handle(ring);
    expect(harness.seen()).toEqual([...stops, 'alert fcm- incoming-call', 'voip bbbb incoming-call'].sort());
  });

  it('stops the device that an earlier attempt rang, and reports that push', async () => {
    let broken = true;
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: ({ hub }) => (hub === 'voip' && broken ? answer(401) : created),
    });
    await harness.handle(ring);
    broken = false;
    await harness.deps.calls.markJoined('call-1', ada, eventMs + 2_000);
    harness.advance(10_000);
    harness.posts.length = 0;
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true, pushes: [{}] });
    expect(harness.seen()).toEqual(['alert fcm- call-answered']);
  });

  it('sends nothing to a device that was registered after the ring', async () => {
    const phones = adasPhones.slice(0, 1);
    const harness = createRelayHarness({ nowMs: eventMs, devices: phones });
    await harness.handle(ring);
    phones.push(...adasPhones.slice(1));
    harness.posts.length = 0;
    await harness.handle(ended);
    expect(harness.posts.map(({ kind, handle }) => [kind, handle.slice(0, 2)])).toEqual([
      ['call-ended', 'aa'],
      ['missed-call', 'aa'],
    ]);
  });

  it('stops no device and records no user when the participant has no id', async () => {
    const joined: string[] = [];
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        calls: {
          ...deps.calls,
          markJoined: async (_callId, userId) => void joined.push(userId),
        },
      }),
    });
    await harness.handle(ring);
    const report = await harness.handle(
      eventGridEvent('CallParticipantAdded', { correlationId: 'call-1' }, { id: 'joined-1' }),
    );
    expect(report).toMatchObject({ kind: 'skipped' });
    expect(joined).toEqual([]);
  });

  it('is skipped when the devices that rang are gone', async () => {
    const phones = [...adasPhones];
    const harness = createRelayHarness({ nowMs: eventMs, devices: phones });
    await harness.handle(ring);
    phones.length = 0;
    expect(await harness.handle(ended)).toMatchObject({ kind: 'skipped', reason: 'no-devices' });
  });
});

describe('a ring for a call that is over', () => {
  it('does not ring when the call ended before the ring arrived', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 11_000 });
    expect(await harness.handle(ended)).toMatchObject({ kind: 'skipped', reason: 'nobody-rung' });
    await harness.handle(ring);
    expect(harness.seen()).toEqual(['alert aaaa missed-call', 'alert fcm- missed-call']);
  });

  it('does not ring a user who is already in the call', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 6_000 });
    await harness.handle(joined(ada));
    expect(await harness.handle(ring)).toMatchObject({ kind: 'skipped', reason: 'answered' });
    expect(harness.posts).toEqual([]);
  });

  it('rings a user who joined before this ring and was called again', async () => {
    const harness = createRelayHarness({ nowMs: eventMs - 60_000 });
    await harness.handle(joined(ada));
    harness.advance(60_000);
    await harness.handle(ring);
    expect(harness.seen()).toEqual(['alert fcm- incoming-call', 'voip bbbb incoming-call']);
  });
});

describe('the follow-up of a ring', () => {
  /** A relay whose call ends, or is joined, while the ring is on its way to the iPhone. */
  const during = (
    happens: 'ended' | 'joined by Ben',
    respond: Parameters<typeof createRelayHarness>[0]['respond'],
    secondary?: Parameters<typeof createRelayHarness>[0]['respond'],
  ) =>
    createRelayHarness({
      nowMs: eventMs,
      devices: adasPhones.slice(0, 1),
      ...(respond === undefined ? {} : { respond }),
      ...(secondary === undefined ? {} : { secondary }),
      over: (deps) => ({
        ...deps,
        calls: {
          ...deps.calls,
          rememberRung: (callId) =>
            happens === 'ended'
              ? deps.calls.markEnded(callId, eventMs)
              : deps.calls.markJoined(callId, ben, eventMs + 1),
        },
      }),
    });

  it('is the stop when the ring got no response, because the phone may ring all the same', async () => {
    const harness = during('ended', ({ kind }) =>
      kind === 'incoming-call' ? { kind: 'no-answer', reason: 'TIMEOUT' } : created,
    );
    await harness.handle(ring);
    expect(new Set(harness.posts.map(({ kind }) => kind))).toEqual(
      new Set(['incoming-call', 'call-ended', 'missed-call']),
    );
  });

  it('is the stop when the ring got no response and then a refusal', async () => {
    const harness = during(
      'ended',
      ({ kind }) => (kind === 'incoming-call' ? { kind: 'no-answer', reason: 'TIMEOUT' } : created),
      ({ kind }) => (kind === 'incoming-call' ? answer(401) : created),
    );
    await harness.handle(ring);
    expect(harness.posts.map(({ kind }) => kind)).toEqual([
      'incoming-call',
      'incoming-call',
      'call-ended',
      'missed-call',
    ]);
  });

  it('is empty when another user joined', async () => {
    const harness = during('joined by Ben', undefined);
    await harness.handle(ring);
    expect(harness.posts.map(({ kind }) => kind)).toEqual(['incoming-call']);
  });

  it('is empty when the ring was rejected or could not be sent', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: ({ kind, hub }) =>
        kind !== 'incoming-call' ? created : hub === 'voip' ? answer(400) : answer(401),
      over: (deps) => ({
        ...deps,
        calls: {
          ...deps.calls,
          rememberRung: (callId) => deps.calls.markEnded(callId, eventMs),
        },
      }),
    });
    await harness.handle(ring);
    expect(harness.seen()).toEqual(['alert fcm- incoming-call', 'voip bbbb incoming-call']);
  });
});
