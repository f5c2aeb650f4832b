import { describe, expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/errors.ts';
import { createTelemetry } from '../../../src/telemetry/telemetry.ts';
import { ada, ben, cloudEvent, eventGridEvent, user } from '../../support/events.ts';
import { adasPhones, answer, created, createRelayHarness } from '../../support/relay-harness.ts';

const eventMs = 1795338000123;
const down = new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'down' });
const fail = async (): Promise<never> => {
  throw down;
};

const ringData = { to: user(ada), from: user(ben), callerDisplayName: 'Ben', correlationId: 'call-1' };
const ring = eventGridEvent('IncomingCall', ringData);
const ended = eventGridEvent('CallEnded', { correlationId: 'call-1' }, { id: 'ended-1' });
const message = eventGridEvent('ChatMessageReceived', {
  messageId: '1',
  messageBody: 'Hello',
  threadId: 't',
  recipientCommunicationIdentifier: user(ada),
});

describe('relay: what is put aside', () => {
  it('says which push was refused for good, and how often the event was tried', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: ({ handle }) => (handle === 'fcm-android' ? answer(413) : created),
    });
    await harness.handle(message);
    expect(harness.letters).toHaveLength(1);
    expect(harness.letters[0]).toMatchObject({
      reason: 'rejected',
      functionName: 'relayCalls',
      attempt: 1,
      atMs: eventMs,
      eventTimeMs: eventMs,
      received: { kind: 'json', value: message },
    });
    expect(harness.letters[0]?.message).toMatch(
      /^The chat-message push for fcmv1 was rejected with status 413: /,
    );
    expect([...(harness.letters[0]?.outcomes ?? [])].map(([, outcome]) => outcome).sort()).toEqual([
      'accepted',
      'rejected',
    ]);
  });

  it('says which push ran out of time', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 86_400_000 });
    await harness.handle(message);
    expect(harness.letters[0]?.message).toBe(
      'The chat-message push for apns expired before it could be sent. Find the failures of the earlier tries in the log, fix their cause, and redrive with a CHAT_TTL_SECONDS that covers the age of the event.',
    );
  });

  it('counts the attempt from one when the ledger is down', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      devices: adasPhones.slice(1),
      respond: () => answer(400),
      over: (deps) => ({ ...deps, ledger: { claim: fail, settle: fail } }),
    });
    await harness.handle(ring);
    expect(harness.letters).toMatchObject([{ reason: 'rejected', attempt: 1 }]);
  });

  it('is no stop that came too late: a phone stops by itself', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(ring);
    harness.advance(60_000);
    const joined = eventGridEvent(
      'CallParticipantAdded',
      { user: { communicationIdentifier: user(ada) }, correlationId: 'call-1' },
      { id: 'joined-1' },
    );
    expect(await harness.handle(joined)).toMatchObject({
      kind: 'pushed',
      settled: true,
      pushes: [{ outcome: { kind: 'expired' } }, { outcome: { kind: 'expired' } }],
    });
    await harness.handle(ended);
    expect(harness.letters).toEqual([]);
  });

  it('is told in the log with what it takes to find it again', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs + 1_500,
      over: (deps) => ({ ...deps, telemetry: createTelemetry('hub key') }),
      devices: adasPhones.slice(1),
      respond: () => answer(400),
    });
    await harness.handle(ring);
    expect(harness.lines.filter(({ event }) => event !== 'push')).toEqual([
      {
        level: 'error',
        event: 'dead-letter',
        fields: {
          reason: 'rejected',
          type: 'Microsoft.Communication.IncomingCall',
          function: 'relayCalls',
          ref: 'c-Sr4cYHxKCHxnxBpD',
          attempt: 1,
        },
      },
      {
        level: 'info',
        event: 'event',
        fields: {
          end: 'pushed',
          type: 'Microsoft.Communication.IncomingCall',
          function: 'relayCalls',
          ref: 'c-Sr4cYHxKCHxnxBpD',
          ageMs: 1_500,
          durationMs: 0,
          pushes: 1,
          accepted: 0,
          settled: true,
        },
      },
    ]);
  });

  it('keeps what a changed payload was, and says what to do', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(ring);
    const other = { ...ring, data: { ...ringData, to: user(ben) } };
    expect(await harness.handle(other)).toMatchObject({
      kind: 'poison',
      identity: { id: ring.id },
      error: {
        class: 'user',
        message:
          'An event with this source, id and type was received before with different data. It was dead-lettered because the two conflict. If this one is correct, publish it again with a new id.',
      },
    });
    expect(harness.letters).toMatchObject([
      { reason: 'payload-changed', identity: { id: ring.id }, received: { kind: 'json', value: other } },
    ]);
  });

  it('is a text of so many characters when it is no JSON, told in the log', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    const report = await harness.handleText('{"half":');
    expect(report).toEqual({
      kind: 'poison',
      error: expect.objectContaining({
        class: 'user',
        message: 'The body (8 characters) is not valid JSON. Send events as Event Grid delivers them.',
      }),
    });
    expect(harness.lines).toMatchObject([
      { level: 'error', event: 'dead-letter', fields: { reason: 'poison', code: 'EVENT_NOT_JSON' } },
      { level: 'error', event: 'event', fields: { end: 'poison' } },
    ]);
    expect(harness.letters[0]).not.toHaveProperty('identity');
  });

  it('has the identity of an event that is known but unusable', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    const report = await harness.handle(eventGridEvent('IncomingCall', { to: null }));
    expect(report).toMatchObject({
      kind: 'poison',
      identity: { type: 'Microsoft.Communication.IncomingCall' },
    });
    expect(harness.letters).toMatchObject([{ identity: { type: 'Microsoft.Communication.IncomingCall' } }]);
  });
});

describe('relay: one event and no other', () => {
  it('is the same in either schema, also without the secrets of its context', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(eventGridEvent('IncomingCall', { ...ringData, incomingCallContext: 'a.b.c' }));
    expect(await harness.handle(cloudEvent('IncomingCall', ringData))).toMatchObject({
      reason: 'delivered-before',
    });
  });

  it('is sent again to whom it did not reach, when it is redriven', async () => {
    let refusing = true;
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: ({ handle }) => (refusing && handle === 'fcm-android' ? answer(400) : created),
    });
    await harness.handle(message);
    refusing = false;
    const redriven = await harness.deps.ledger.claim(
      { identity: { source: message.topic, id: message.id, type: message.eventType }, timeMs: eventMs },
      { owner: 'someone', payloadHash: 'other', nowMs: eventMs, leaseMs: 1, redrive: true },
    );
    expect(redriven.kind).toBe('payload-changed');
    harness.posts.length = 0;
    expect(await harness.redrive(message)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.seen()).toEqual(['alert fcm- chat-message']);
  });
});

describe('relay: a ring', () => {
  it('rings as an alert where no VoIP hub is set', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: ({ voipHub, ...deps }) => {
        expect(voipHub).toBeDefined();
        return deps;
      },
    });
    await harness.handle(ring);
    expect(harness.seen()).toEqual(['alert aaaa incoming-call', 'alert fcm- incoming-call']);
  });

  it('tells FCM on every try how much time is left by then', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      devices: adasPhones.slice(1),
      respond: (_, index) => (index === 0 ? answer(503, { 'retry-after': '10' }) : created),
    });
    await harness.handle(ring);
    expect(harness.posts.map(({ body }) => JSON.parse(body).message.android.ttl)).toEqual(['30s', '19s']);
  });

  it('is remembered and looked after as far as the call memory is there, and says what is missing', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        calls: { rememberRung: fail, markJoined: fail, markEnded: fail, readCall: fail },
      }),
    });
    await harness.handle(ring);
    const told = harness.lines.filter(({ event }) => event === 'call-memory-unavailable');
    expect(told.map(({ level, fields }) => [level, fields])).toEqual([
      ['warn', { doing: 'ringing without it' }],
      ['warn', { doing: 'ringing without being able to stop it' }],
      ['warn', { doing: 'not checking whether the ring is over' }],
      ['warn', { doing: 'not checking whether the ring is over' }],
    ]);
  });

  it('is not followed up where it was refused for good or could not be sent', async () => {
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

  it('says that it lost its claim to another owner', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({ ...deps, ledger: { ...deps.ledger, settle: async () => ({ kind: 'lost' }) } }),
    });
    expect(await harness.handle(ring)).toMatchObject({ settled: true });
    expect(harness.lines).toContainEqual({
      level: 'warn',
      event: 'claim-lost',
      fields: { type: 'Microsoft.Communication.IncomingCall' },
    });
    const quiet = createRelayHarness({ nowMs: eventMs });
    await quiet.handle(ring);
    expect(quiet.lines.map(({ event }) => event)).toEqual(['push', 'push', 'event']);
  });
});

describe('relay: what follows a ring', () => {
  /** A relay whose call ends, or is joined, while the ring is on its way to the iPhone. */
  const during = (
    happens: 'ended' | 'joined by Ben',
    respond: Parameters<typeof createRelayHarness>[0]['respond'],
  ) =>
    createRelayHarness({
      nowMs: eventMs,
      devices: adasPhones.slice(0, 1),
      ...(respond === undefined ? {} : { respond }),
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

  it('is the stop where no answer came to the ring, which may ring all the same', async () => {
    const harness = during('ended', ({ kind }) =>
      kind === 'incoming-call' ? { kind: 'no-answer', reason: 'TIMEOUT' } : created,
    );
    await harness.handle(ring);
    expect(new Set(harness.posts.map(({ kind }) => kind))).toEqual(
      new Set(['incoming-call', 'call-ended', 'missed-call']),
    );
  });

  it('is the stop where no answer came and then a refusal', async () => {
    const harness = during('ended', ({ kind }, index) => {
      if (kind !== 'incoming-call') return created;
      return index === 0 ? { kind: 'no-answer', reason: 'TIMEOUT' } : answer(401);
    });
    await harness.handle(ring);
    expect(harness.posts.map(({ kind }) => kind)).toEqual([
      'incoming-call',
      'incoming-call',
      'call-ended',
      'missed-call',
    ]);
  });

  it('is nothing when somebody else joined', async () => {
    const harness = during('joined by Ben', undefined);
    await harness.handle(ring);
    expect(harness.posts.map(({ kind }) => kind)).toEqual(['incoming-call']);
  });
});

describe('relay: the notice of a missed call', () => {
  it('is sent once the stop is through, since a phone that is off keeps the last one', async () => {
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

describe('relay: a ledger that fails at the end', () => {
  it('costs no failure for what was delivered, and is told', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({ ...deps, ledger: { ...deps.ledger, settle: fail } }),
    });
    expect(await harness.handle(message)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.lines).toContainEqual({
      level: 'error',
      event: 'ledger-unavailable',
      fields: { doing: 'not settling', code: 'STORAGE_UNAVAILABLE' },
    });
  });

  it('is never asked for a ring that it did not know from the start, even when that cannot be put aside', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: () => answer(400),
      over: (deps) => ({ ...deps, deadLetter: fail, ledger: { ...deps.ledger, claim: fail } }),
    });
    await expect(harness.handle(ring)).rejects.toBe(down);
  });

  it('hides no fault of the relay itself', async () => {
    const fault = new TypeError('a fault');
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({ ...deps, ledger: { ...deps.ledger, settle: () => Promise.reject(fault) } }),
    });
    await expect(harness.handle(message)).rejects.toBe(fault);
  });
});

describe('relay: a call the user is in', () => {
  const joinedAt = (harness: ReturnType<typeof createRelayHarness>, who: string, atMs: number) =>
    harness.deps.calls.markJoined('call-1', who, atMs);

  it.each([
    ['joined at the very moment of the ring', ada, eventMs, 'answered'],
    ['joined before it', ada, eventMs - 1, undefined],
    ['is somebody else', ben, eventMs + 1, undefined],
  ])('is not announced as missed to one who %s', async (_, who, atMs, reason) => {
    const harness = createRelayHarness({ nowMs: eventMs + 40_000 });
    await joinedAt(harness, who, atMs);
    const report = await harness.handle(ring);
    if (reason === undefined) expect(report).toMatchObject({ kind: 'pushed', pushes: [{}, {}] });
    else expect(report).toMatchObject({ kind: 'skipped', reason });
  });

  it('is announced as missed where the call has ended since without them', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 40_000 });
    await harness.deps.calls.markEnded('call-1', eventMs + 35_000);
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.seen()).toEqual(['alert aaaa missed-call', 'alert fcm- missed-call']);
  });

  it('stops on the device that an earlier attempt rang, and says that it was pushed', async () => {
    let broken = true;
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: ({ hub }) => (hub === 'voip' && broken ? answer(401) : created),
    });
    await harness.handle(ring);
    broken = false;
    await joinedAt(harness, ada, eventMs + 2_000);
    harness.advance(10_000);
    harness.posts.length = 0;
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true, pushes: [{}] });
    expect(harness.seen()).toEqual(['alert fcm- call-answered']);
  });

  it('ends without a word to a device that was registered after the ring', async () => {
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
});
