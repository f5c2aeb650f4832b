import { describe, expect, it } from 'vitest';
import { createMemoryTableStore } from '../../../src/storage/memory-tables.ts';
import { createTelemetry } from '../../../src/telemetry/telemetry.ts';
import { ada, ben, eventGridEvent, bensRing as ring, user } from '../../support/events.ts';
import {
  adasPhones,
  answer,
  created,
  createRelayHarness,
  down,
  eventMs,
  fail,
} from '../../support/relay-harness.ts';

const ended = eventGridEvent('CallEnded', { correlationId: 'call-1' }, { id: 'ended-1' });

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

describe('poison', () => {
  const blobNames = async (harness: ReturnType<typeof createRelayHarness>) => {
    const names: string[] = [];
    for await (const name of harness.blobs.list('')) names.push(name);
    return names;
  };

  it('of one id and type twice is two dead letters: they do not overwrite each other', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(eventGridEvent('IncomingCall', { to: 1 }));
    await harness.handle(eventGridEvent('IncomingCall', { to: 2 }));
    await harness.handle(eventGridEvent('IncomingCall', { to: 2 }));
    expect(harness.letters).toHaveLength(3);
    expect(await blobNames(harness)).toHaveLength(2);
  });

  it('that comes again after midnight has one name: it is filed under the day of the event', async () => {
    const harness = createRelayHarness({ nowMs: Date.UTC(2026, 10, 22, 23, 59, 59) });
    const broken = eventGridEvent('IncomingCall', {});
    await harness.handle(broken);
    harness.advance(10_000);
    await harness.handle(broken);
    expect(await blobNames(harness)).toEqual([expect.stringMatching(/^2026\/11\/22\/poison\//)]);
  });

  it('is an event for a user whose id no table key can hold, never an endless 500', async () => {
    const table = createMemoryTableStore();
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        findDevices: async (recipientId) => {
          await table.list(recipientId);
          return [];
        },
      }),
    });
    const id = `8:acs:${'/'.repeat(200)}`;
    const report = await harness.handle({ ...ring, data: { ...ring.data, to: user(id) } });
    expect(report).toMatchObject({
      kind: 'poison',
      error: {
        code: 'EVENT_DATA_INVALID',
        class: 'user',
        message:
          'The event names a user whose id is too long for a table, so no device can be registered for it. Real ids have at most about 120 characters, hardly any of which need escaping. A table key of 206 characters (1006 when escaped) exceeds the limit of 512 in Azure Tables. Shorten or hash it before it becomes a key.',
      },
    });
    expect(harness.letters).toMatchObject([{ reason: 'poison', code: 'EVENT_DATA_INVALID' }]);
    const text = { ...message.data, recipientCommunicationIdentifier: user(id) };
    expect(await harness.handle({ ...message, data: text })).toMatchObject({ kind: 'poison' });
  });
});

describe('a dead letter', () => {
  it('names the rejected push and the attempt', async () => {
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

  it('names the push that expired', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 86_400_000 });
    await harness.handle(message);
    expect(harness.letters[0]?.message).toBe(
      'The chat-message push for apns expired before it could be sent. Find the failures of the earlier tries in the log, fix their cause, and redrive with a CHAT_TTL_SECONDS that covers the age of the event.',
    );
  });

  it('is written once when the hub rejects a push, and the other device still gets its own', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: ({ handle }) => (handle === 'fcm-android' ? answer(400) : created),
    });
    expect(await harness.handle(message)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.letters).toMatchObject([{ reason: 'rejected', attempt: 1 }]);
    await harness.handle(message);
    expect(harness.letters).toHaveLength(1);
  });

  it('is written when a message expired before it could be sent', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 86_400_000 });
    expect(await harness.handle(message)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.posts).toEqual([]);
    expect(harness.letters).toMatchObject([{ reason: 'retries-ended', identity: { id: 'message-1' } }]);
  });

  it('is not written for a stop that came too late', async () => {
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

  it('leaves the event open until it is stored', async () => {
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

  it('is logged with the reference that finds it again', async () => {
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
});

describe('poison', () => {
  it('is dead-lettered and acknowledged', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    expect(await harness.handle({ hello: 'world' })).toMatchObject({
      kind: 'poison',
      error: { code: 'EVENT_NOT_AN_EVENT' },
    });
    expect(harness.letters).toMatchObject([
      { reason: 'poison', code: 'EVENT_NOT_AN_EVENT', received: { kind: 'json', value: { hello: 'world' } } },
    ]);
  });

  it('is not acknowledged when it could not be dead-lettered', async () => {
    const harness = createRelayHarness({ nowMs: eventMs, over: (deps) => ({ ...deps, deadLetter: fail }) });
    await expect(harness.handle(7)).rejects.toBe(down);
  });

  it('is a body that is not JSON, dead-lettered as text', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    expect(await harness.handleText('{"half":')).toMatchObject({ error: { code: 'EVENT_NOT_JSON' } });
    expect(harness.letters).toMatchObject([{ received: { kind: 'text', text: '{"half":' } }]);
  });

  it('is a body that is not JSON, reported with its length', async () => {
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

  it('keeps the identity of an event that is known but unusable', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    const report = await harness.handle(eventGridEvent('IncomingCall', { to: null }));
    expect(report).toMatchObject({
      kind: 'poison',
      identity: { type: 'Microsoft.Communication.IncomingCall' },
    });
    expect(harness.letters).toMatchObject([{ identity: { type: 'Microsoft.Communication.IncomingCall' } }]);
  });

  it('keeps a changed payload, and says what to do', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(ring);
    const other = { ...ring, data: { ...ring.data, to: user(ben) } };
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

  it('is an event whose ids leave no room for a push', async () => {
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

describe('a bug while sending', () => {
  const fault = new TypeError('a fault');
  const faulty = () =>
    createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        telemetry: createTelemetry('hub key'),
        alertHub: [{ ...deps.alertHub[0], send: () => Promise.reject(fault) }],
      }),
    });

  it('is not dead-lettered, so that Event Grid redelivers the event', async () => {
    const harness = faulty();
    await expect(harness.handle(message)).rejects.toBe(fault);
    expect(harness.letters).toEqual([]);
  });

  it('is logged with the type of the event', async () => {
    const harness = faulty();
    await harness.handle(message).catch(() => undefined);
    expect(harness.lines.at(-1)).toMatchObject({
      level: 'error',
      event: 'event',
      fields: { end: 'deferred', type: 'Microsoft.Communication.ChatMessageReceived' },
    });
  });
});
