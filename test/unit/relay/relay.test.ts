import { describe, expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/errors.ts';
import { ada, ben, cleo, eventGridEvent, user } from '../../support/events.ts';
import { adasPhones, answer, created, createRelayHarness } from '../../support/relay-harness.ts';

const eventMs = 1795338000123;
const down = new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'down' });
const fail = async (): Promise<never> => {
  throw down;
};

const ring = eventGridEvent('IncomingCall', {
  to: user(ada),
  from: user(ben),
  callerDisplayName: 'Ben',
  correlationId: 'call-1',
});
const message = eventGridEvent(
  'ChatMessageReceived',
  {
    messageId: '1',
    messageBody: 'Hello',
    threadId: 't',
    recipientCommunicationIdentifier: user(ada),
    senderCommunicationIdentifier: user(ben),
  },
  { id: 'message-1' },
);
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

describe('relay: a ring', () => {
  it('goes to every device of the callee, through the hub that fits', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 400 });
    const report = await harness.handle(ring);
    expect(report).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.seen()).toEqual(['alert fcm- incoming-call', 'voip bbbb incoming-call']);
  });

  it('is sent once, however often Event Grid delivers it', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 400 });
    await harness.handle(ring);
    expect(await harness.handle(ring)).toMatchObject({ kind: 'skipped', reason: 'delivered-before' });
    expect(harness.posts).toHaveLength(2);
  });

  it('becomes a missed call once its deadline has passed', async () => {
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

  it('goes to nobody who has no devices', async () => {
    const harness = createRelayHarness({ nowMs: eventMs, devices: [] });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'skipped', reason: 'no-devices' });
  });

  it('resumes at the devices that are still open, with the same ids', async () => {
    let broken = true;
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: ({ hub }) => (hub === 'voip' && broken ? answer(401) : created),
    });
    const first = await harness.handle(ring);
    expect(first).toMatchObject({ kind: 'pushed', settled: false });
    const before = harness.posts.length;
    const firstVoip = harness.posts.find(({ hub }) => hub === 'voip');
    broken = false;
    harness.advance(10_000);
    const second = await harness.handle(ring);
    expect(second).toMatchObject({ kind: 'pushed', settled: true });
    const resent = harness.posts.slice(before);
    expect(new Set(resent.map(({ hub }) => hub))).toEqual(new Set(['voip']));
    expect(resent[0]?.headers['apns-id']).toBe(firstVoip?.headers['apns-id']);
    expect(resent[0]?.body).toBe(firstVoip?.body);
  });

  it('is sent without the ledger when the ledger is down', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({ ...deps, ledger: { claim: fail, settle: fail } }),
    });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.lines).toContainEqual({
      level: 'error',
      event: 'ledger-unavailable',
      fields: { doing: 'ringing without it', code: 'STORAGE_UNAVAILABLE' },
    });
  });

  it('is sent without the call memory when that is down', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        calls: { rememberRung: fail, markJoined: fail, markEnded: fail, readCall: fail },
      }),
    });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.posts).toHaveLength(2);
  });

  it('is given back at once when the devices cannot be read, so that the redelivery can ring', async () => {
    let failing = true;
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({ ...deps, findDevices: (id) => (failing ? fail() : deps.findDevices(id)) }),
    });
    await expect(harness.handle(ring)).rejects.toBe(down);
    failing = false;
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
  });

  it('is left to another instance that is at it', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    let second: unknown;
    const racing = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        ledger: {
          ...harness.deps.ledger,
          claim: async (...request) => {
            const claim = await harness.deps.ledger.claim(...request);
            second = await harness.handle(ring);
            return claim;
          },
        },
      }),
    });
    await racing.handle(ring);
    expect(second).toMatchObject({ kind: 'deferred', reason: 'busy' });
    expect(harness.posts).toEqual([]);
  });

  it('is poison when the same identity comes with another callee', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(ring);
    const other = { ...ring, data: { ...ring.data, to: user(cleo) } };
    expect(await harness.handle(other)).toMatchObject({
      kind: 'poison',
      error: { code: 'EVENT_PAYLOAD_CHANGED' },
    });
    expect(harness.letters).toMatchObject([{ reason: 'payload-changed' }]);
  });
});

describe('relay: what stands before a ring', () => {
  it('is one storage round trip: claim, devices and call are asked side by side', async () => {
    const waiting: (() => void)[] = [];
    // Each request is answered only once all three are under way; one after the other they would wait for ever.
    const together = () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 3) for (const answer of waiting) answer();
      });
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        findDevices: (id) => together().then(() => deps.findDevices(id)),
        ledger: { ...deps.ledger, claim: (...asked) => together().then(() => deps.ledger.claim(...asked)) },
        calls: {
          ...deps.calls,
          readCall: (...asked) =>
            waiting.length < 3
              ? together().then(() => deps.calls.readCall(...asked))
              : deps.calls.readCall(...asked),
        },
      }),
    });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
  });

  it('is not the writing down of who is rung', async () => {
    const sent = Promise.withResolvers<void>();
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: () => {
        sent.resolve();
        return created;
      },
      over: (deps) => ({
        ...deps,
        calls: {
          ...deps.calls,
          rememberRung: (...rung) => sent.promise.then(() => deps.calls.rememberRung(...rung)),
        },
      }),
    });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
  });
});

describe('relay: the end of the ringing', () => {
  it('reaches a phone that rings while another one cannot be reached yet', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: ({ hub, kind }) => {
        if (hub !== 'voip' || kind !== 'incoming-call') return created;
        // The iPhone's ring fails for as long as the Android phone has not been told to stop.
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
    expect(harness.posts.filter(({ kind }) => kind === 'call-ended')).toHaveLength(2);
  });

  it('sends no notice of a missed call to a late phone when the user is in the call', async () => {
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

  it('reaches a phone whose ring got no answer and then a refusal, also by the redelivery', async () => {
    let tries = 0;
    const harness = createRelayHarness({
      nowMs: eventMs,
      devices: adasPhones.slice(0, 1),
      respond: ({ kind }) => {
        tries += 1;
        if (kind !== 'incoming-call') return created;
        return tries === 1 ? { kind: 'no-answer', reason: 'TIMEOUT' } : answer(401);
      },
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

  it('stops the other devices of the user who answered, and nobody else', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(ring);
    harness.advance(5_000);
    harness.posts.length = 0;
    expect(await harness.handle(joined(ben))).toMatchObject({ kind: 'skipped', reason: 'nobody-rung' });
    await harness.handle(joined(ada));
    expect(harness.seen()).toEqual(['alert aaaa call-answered', 'alert fcm- call-answered']);
  });

  it('tells a user who never joined that the call is over and missed, with the name of the caller', async () => {
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

  it('tells a user who joined only that the call is over', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(ring);
    await harness.handle(joined(ada));
    harness.advance(10_000);
    harness.posts.length = 0;
    await harness.handle(ended);
    expect(harness.seen()).toEqual(['alert aaaa call-ended', 'alert fcm- call-ended']);
  });

  it('does not ring for a call that ended before its ring came', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 11_000 });
    expect(await harness.handle(ended)).toMatchObject({ kind: 'skipped', reason: 'nobody-rung' });
    await harness.handle(ring);
    expect(harness.seen()).toEqual(['alert aaaa missed-call', 'alert fcm- missed-call']);
  });

  it('does not ring a user who is in the call already', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 6_000 });
    await harness.handle(joined(ada));
    expect(await harness.handle(ring)).toMatchObject({ kind: 'skipped', reason: 'answered' });
    expect(harness.posts).toEqual([]);
  });

  it('rings a user again who joined before this ring and was called again', async () => {
    const harness = createRelayHarness({ nowMs: eventMs - 60_000 });
    await harness.handle(joined(ada));
    harness.advance(60_000);
    await harness.handle(ring);
    expect(harness.seen()).toEqual(['alert fcm- incoming-call', 'voip bbbb incoming-call']);
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
        // The event comes between the look at the call and the moment it is written down who was rung.
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

  it('tells nobody when the devices that rang are gone', async () => {
    const phones = [...adasPhones];
    const harness = createRelayHarness({ nowMs: eventMs, devices: phones });
    await harness.handle(ring);
    phones.length = 0;
    expect(await harness.handle(ended)).toMatchObject({ kind: 'skipped', reason: 'no-devices' });
  });
});

describe('relay: chat', () => {
  it('sends a message to every device', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    expect(await harness.handle(message)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.seen()).toEqual(['alert aaaa chat-message', 'alert fcm- chat-message']);
  });

  it('waits for the ledger', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({ ...deps, ledger: { claim: fail, settle: fail } }),
    });
    await expect(harness.handle(message)).rejects.toBe(down);
    expect(harness.posts).toEqual([]);
  });

  it('is put aside when its time ran out before it could be sent', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 86_400_000 });
    expect(await harness.handle(message)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.posts).toEqual([]);
    expect(harness.letters).toMatchObject([{ reason: 'retries-ended', identity: { id: 'message-1' } }]);
  });

  it('is put aside once when the hub refuses a push for good, and the other device still gets it', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: ({ handle }) => (handle === 'fcm-android' ? answer(400) : created),
    });
    expect(await harness.handle(message)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.letters).toMatchObject([{ reason: 'rejected', attempt: 1 }]);
    await harness.handle(message);
    expect(harness.letters).toHaveLength(1);
  });

  it('stays open until what failed is safely put aside', async () => {
    let failing = true;
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: ({ handle }) => (handle === 'fcm-android' ? answer(400) : created),
      over: (deps) => ({ ...deps, deadLetter: (letter) => (failing ? fail() : deps.deadLetter(letter)) }),
    });
    await expect(harness.handle(message)).rejects.toBe(down);
    failing = false;
    expect(await harness.handle(message)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.letters).toHaveLength(1);
    expect(harness.posts.map(({ handle }) => handle)).toEqual([
      'aa'.repeat(32),
      'fcm-android',
      'fcm-android',
    ]);
  });

  it('is not told to its sender', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    const own = { ...message, data: { ...message.data, senderCommunicationIdentifier: user(ada) } };
    expect(await harness.handle(own)).toMatchObject({ kind: 'skipped', reason: 'own-action' });
  });
});

describe('relay: events that tell nobody', () => {
  it('ignores what concerns no user', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    expect(await harness.handle(eventGridEvent('CallStarted', {}))).toMatchObject({
      kind: 'ignored',
      reason: 'call-progress',
    });
    expect(harness.lines).toMatchObject([{ level: 'info', event: 'event', fields: { end: 'ignored' } }]);
  });

  it('puts poison aside and acknowledges it', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    expect(await harness.handle({ hello: 'world' })).toMatchObject({
      kind: 'poison',
      error: { code: 'EVENT_NOT_AN_EVENT' },
    });
    expect(harness.letters).toMatchObject([
      { reason: 'poison', code: 'EVENT_NOT_AN_EVENT', received: { kind: 'json', value: { hello: 'world' } } },
    ]);
  });

  it('puts a body aside that is no JSON', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    expect(await harness.handleText('{"half":')).toMatchObject({ error: { code: 'EVENT_NOT_JSON' } });
    expect(harness.letters).toMatchObject([{ received: { kind: 'text', text: '{"half":' } }]);
  });

  it('does not acknowledge poison that could not be put aside', async () => {
    const harness = createRelayHarness({ nowMs: eventMs, over: (deps) => ({ ...deps, deadLetter: fail }) });
    await expect(harness.handle(7)).rejects.toBe(down);
  });

  it('puts an event aside whose ids leave no room for a push', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    const id = '"'.repeat(256);
    const data = {
      ...message.data,
      threadId: id,
      senderCommunicationIdentifier: { rawId: id },
      messageId: id,
    };
    expect(await harness.handle({ ...message, id, data })).toMatchObject({
      kind: 'poison',
      error: { code: 'EVENT_PAYLOAD_TOO_LARGE' },
    });
    expect(harness.posts).toEqual([]);
  });
});
