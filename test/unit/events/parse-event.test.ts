import { describe, expect, it } from 'vitest';
import { eventTime, parseEvent } from '../../../src/events/parse-event.ts';
import { ada, ben, cleo, cloudEvent, eventGridEvent, user } from '../../support/events.ts';

const source =
  '/subscriptions/s/resourcegroups/g/providers/microsoft.communication/communicationservices/clinic';
const id = '5d7c3a52-8b1e-4f7a-9a51-0c8f2a6d1e01';
const timeMs = 1795338000123;

function read(value: unknown) {
  const parsed = parseEvent(value, 0);
  if (parsed.kind !== 'event') throw new Error(`not an event: ${JSON.stringify(parsed)}`);
  return parsed.event;
}

function poison(value: unknown) {
  const parsed = parseEvent(value, 0);
  if (parsed.kind !== 'poison') throw new Error(`not poison: ${JSON.stringify(parsed)}`);
  return { code: parsed.error.code, problems: parsed.error.problems, class: parsed.error.class };
}

describe('parseEvent: incoming call', () => {
  const data = {
    to: user(ada),
    from: user(ben),
    serverCallId: 'c2VydmVy',
    callerDisplayName: ' Ben ',
    incomingCallContext: 'a.b.c',
    correlationId: 'call-1',
  };
  const expected = {
    identity: { source, id, type: 'Microsoft.Communication.IncomingCall' },
    timeMs,
    kind: 'incoming-call',
    recipientId: ada,
    callId: 'call-1',
    serverCallId: 'c2VydmVy',
    callerId: ben,
    callerName: 'Ben',
    incomingCallContext: 'a.b.c',
  };

  it('reads it from the Event Grid schema', () => {
    expect(read(eventGridEvent('IncomingCall', data))).toEqual(expected);
  });

  it('reads it from a CloudEvent', () => {
    expect(read(cloudEvent('IncomingCall', data, { traceparent: '00-aa-bb-01' }))).toEqual(expected);
  });

  it('requires only a usable `to`, and falls back to the event id as call id', () => {
    expect(read(eventGridEvent('IncomingCall', { to: user(ada) }))).toEqual({
      identity: expected.identity,
      timeMs,
      kind: 'incoming-call',
      recipientId: ada,
      callId: id,
    });
  });

  it('drops malformed optional fields and keeps the rest', () => {
    const odd = { ...data, from: 7, serverCallId: {}, callerDisplayName: 3, incomingCallContext: null };
    expect(read(eventGridEvent('IncomingCall', odd))).toEqual({
      identity: expected.identity,
      timeMs,
      kind: 'incoming-call',
      recipientId: ada,
      callId: 'call-1',
    });
  });

  it('survives an optional text that fakes a length', () => {
    const hostile = { ...data, incomingCallContext: { length: { toString: null } } };
    expect(read(eventGridEvent('IncomingCall', hostile))).not.toHaveProperty('incomingCallContext');
  });

  it('treats a blank caller name as absent', () => {
    expect(read(eventGridEvent('IncomingCall', { ...data, callerDisplayName: '  ' }))).not.toHaveProperty(
      'callerName',
    );
  });

  it.each([
    ['null', null],
    ['missing', undefined],
    ['a text that is not an id', 'Ada'],
    ['a number', 7],
    ['an empty object', {}],
    ['an id with control characters', { rawId: '8:acs:a\u0000b' }],
    ['an id that is too long', { rawId: `8:acs:${'x'.repeat(251)}` }],
    ['a phone number whose rawId is too long', { phoneNumber: { value: '1'.repeat(255) } }],
  ])('is poison when `to` is %s', (_, to) => {
    expect(poison(eventGridEvent('IncomingCall', { ...data, to }))).toMatchObject({
      code: 'EVENT_DATA_INVALID',
      class: 'user',
      problems: ['to: is missing or not a communication identifier'],
    });
  });

  it('is poison without data', () => {
    expect(poison(eventGridEvent('IncomingCall', undefined)).code).toBe('EVENT_DATA_INVALID');
  });
});

describe('parseEvent: spellings of a user', () => {
  it.each([
    ['a bare rawId', '8:acs:r_u', '8:acs:r_u'],
    ['rawId alone', { rawId: '8:acs:r_u' }, '8:acs:r_u'],
    ['rawId with a kind in upper case', { kind: 'CommunicationUser', rawId: '8:acs:r_u' }, '8:acs:r_u'],
    ['a Teams extension user', { rawId: '8:acs:r_t_u' }, '8:acs:r_t_u'],
    ['a communication user without rawId', { communicationUser: { id: '8:acs:r_u' } }, '8:acs:r_u'],
    ['a phone number', { kind: 'PhoneNumber', phoneNumber: { value: '+4670000' } }, '4:+4670000'],
    ['a Teams user', { microsoftTeamsUser: { userId: 'u-1' } }, '8:orgid:u-1'],
    ['a Teams user in gcch', { microsoftTeamsUser: { userId: 'u-1', cloud: 'gcch' } }, '8:gcch:u-1'],
    ['a Teams visitor', { microsoftTeamsUser: { userId: 'u-1', isAnonymous: true } }, '8:teamsvisitor:u-1'],
    ['a Teams app', { microsoftTeamsApp: { appId: 'a-1' } }, '28:orgid:a-1'],
    ['a Teams app in dod', { microsoftTeamsApp: { appId: 'a-1', cloud: 'dod' } }, '28:dod:a-1'],
    ['a resource account of unknown kind', { kind: 'unknown', rawId: '28:orgid:r-1' }, '28:orgid:r-1'],
    ['an id of an unknown form', { kind: 'unknown', rawId: '99:new' }, '99:new'],
    ['a 2020 preview user', { rawId: '8:spool:r_u' }, '8:spool:r_u'],
  ])('reads %s', (_, to, rawId) => {
    expect(read(eventGridEvent('IncomingCall', { to }))).toMatchObject({ recipientId: rawId });
  });
});

describe('parseEvent: progress of a call', () => {
  const type = 'Microsoft.Communication.CallParticipantAdded';

  it('reads who joined', () => {
    const data = {
      user: { communicationIdentifier: user(ada), role: 'Attendee' },
      correlationId: 'call-1',
      serverCallId: 's',
    };
    expect(read(eventGridEvent('CallParticipantAdded', data))).toEqual({
      identity: { source, id, type },
      timeMs,
      kind: 'call-participant-added',
      callId: 'call-1',
      serverCallId: 's',
      participantId: ada,
    });
  });

  it('reads the flat user of the 2021 shape, and an absent user', () => {
    expect(
      read(eventGridEvent('CallParticipantAdded', { user: user(ada), correlationId: 'call-1' })),
    ).toMatchObject({ participantId: ada });
    expect(read(eventGridEvent('CallParticipantAdded', { correlationId: 'call-1' }))).not.toHaveProperty(
      'participantId',
    );
  });

  it('reads the end of a call in its old and new shapes', () => {
    const old = { durationOfCall: 49.7, startedBy: user(ben), correlationId: 'call-1', isTwoParty: null };
    expect(read(eventGridEvent('CallEnded', old))).toEqual({
      identity: { source, id, type: 'Microsoft.Communication.CallEnded' },
      timeMs,
      kind: 'call-ended',
      callId: 'call-1',
    });
    const now = {
      endedBy: { communicationidentifier: user(ben) },
      serverCallId: 's',
      correlationId: 'call-1',
    };
    expect(read(cloudEvent('CallEnded', now))).toMatchObject({ callId: 'call-1', serverCallId: 's' });
  });

  it('is poison without a call id', () => {
    expect(poison(eventGridEvent('CallEnded', {})).problems).toEqual([
      'correlationId: Invalid input: expected string, received undefined',
    ]);
    expect(poison(eventGridEvent('CallParticipantAdded', { correlationId: '' })).problems).toEqual([
      'correlationId: is empty',
    ]);
  });
});

describe('parseEvent: a CloudEvent without a time', () => {
  it('gets the time of its arrival', () => {
    const { time, ...event } = cloudEvent('CallEnded', { correlationId: 'c' });
    expect(time).toBeDefined();
    expect(parseEvent(event, 1_795_338_009_000)).toMatchObject({
      kind: 'event',
      event: { kind: 'call-ended', timeMs: 1_795_338_009_000 },
    });
  });

  it('is poison with a time that is none', () => {
    const event = { ...cloudEvent('CallEnded', { correlationId: 'c' }), time: 'soon' };
    expect(parseEvent(event, 0)).toMatchObject({ kind: 'poison', error: { code: 'EVENT_NOT_AN_EVENT' } });
  });
});

describe('parseEvent: chat messages', () => {
  const data = {
    messageBody: 'Hello',
    messageId: '1795338000000',
    senderId: 'ignored when the typed identifier is there',
    senderCommunicationIdentifier: user(ben),
    senderDisplayName: 'Ben',
    type: 'Text',
    version: '1795338000000',
    recipientCommunicationIdentifier: user(ada),
    threadId: '19:t@thread.v2',
  };
  const common = {
    timeMs,
    recipientId: ada,
    threadId: '19:t@thread.v2',
    messageId: '1795338000000',
    version: 1_795_338_000_000,
    senderId: ben,
    senderName: 'Ben',
  };

  it.each([
    ['ChatMessageReceived', 'chat-message'],
    ['ChatMessageEdited', 'chat-message-edited'],
  ])('reads %s', (type, kind) => {
    expect(read(eventGridEvent(type, data))).toEqual({
      ...common,
      identity: { source, id, type: `Microsoft.Communication.${type}` },
      kind,
      text: 'Hello',
      textFormat: 'plain',
    });
  });

  it('reads a deletion, which has no text', () => {
    expect(read(eventGridEvent('ChatMessageDeleted', data))).toEqual({
      ...common,
      identity: { source, id, type: 'Microsoft.Communication.ChatMessageDeleted' },
      kind: 'chat-message-deleted',
    });
  });

  it.each([
    [1_795_338_000_123, 1_795_338_000_123],
    ['1795338000123', 1_795_338_000_123],
    ['soon', undefined],
    [null, undefined],
    [Number.NaN, undefined],
  ])('reads the version %j as %j', (version, expected) => {
    const event = read(eventGridEvent('ChatMessageEdited', { ...data, version }));
    expect('version' in event ? event.version : undefined).toBe(expected);
  });

  it('recognizes HTML by the message type', () => {
    expect(read(eventGridEvent('ChatMessageReceived', { ...data, type: 'RichText/Html' }))).toMatchObject({
      textFormat: 'html',
    });
    expect(read(eventGridEvent('ChatMessageReceived', { ...data, type: undefined }))).toMatchObject({
      textFormat: 'plain',
    });
  });

  it('reads the shapes of 2020, which have only bare ids', () => {
    const old = {
      messageBody: 'Hello',
      messageId: 1795338000000,
      senderId: ben,
      recipientId: ada,
      threadId: '19:t@thread.v2',
    };
    expect(read(eventGridEvent('ChatMessageReceived', old))).toMatchObject({
      recipientId: ada,
      senderId: ben,
      messageId: '1795338000000',
    });
  });

  it('is poison when it names no recipient', () => {
    const { recipientCommunicationIdentifier, ...rest } = data;
    expect(recipientCommunicationIdentifier).toBeDefined();
    expect(poison(eventGridEvent('ChatMessageReceived', rest))).toEqual({
      code: 'EVENT_DATA_INVALID',
      class: 'user',
      problems: ['recipientCommunicationIdentifier: is missing or not a communication identifier'],
    });
  });

  it('is poison without a message id or thread', () => {
    expect(poison(eventGridEvent('ChatMessageReceived', { ...data, messageId: null })).problems).toEqual([
      'messageId: is missing or not a message id',
    ]);
    expect(poison(eventGridEvent('ChatMessageReceived', { ...data, threadId: undefined })).problems).toEqual([
      'threadId: Invalid input: expected string, received undefined',
    ]);
  });
});

describe('parseEvent: chat threads', () => {
  const recipient = { recipientCommunicationIdentifier: user(ada), threadId: '19:t@thread.v2' };

  it('reads a created thread, with the name of its creator from the participants', () => {
    const data = {
      ...recipient,
      createdByCommunicationIdentifier: user(ben),
      properties: { topic: 'Knee' },
      participants: [
        { displayName: 'Cleo', participantCommunicationIdentifier: user(cleo) },
        { displayName: 'Ben', participantCommunicationIdentifier: { ...user(ben), metadata: { k: 'v' } } },
      ],
    };
    expect(read(cloudEvent('ChatThreadCreatedWithUser', data))).toEqual({
      identity: { source, id, type: 'Microsoft.Communication.ChatThreadCreatedWithUser' },
      timeMs,
      kind: 'chat-added',
      recipientId: ada,
      recipientIsAdded: true,
      threadId: '19:t@thread.v2',
      senderId: ben,
      senderName: 'Ben',
      topic: 'Knee',
    });
  });

  it('reads a created thread of 2020, and one with hardly any data', () => {
    const old = {
      threadId: '19:t',
      recipientId: ada,
      createdBy: ben,
      members: [{ displayName: 'Ben', memberId: ben }],
    };
    expect(read(eventGridEvent('ChatThreadCreatedWithUser', old))).toMatchObject({
      senderId: ben,
      senderName: 'Ben',
    });
    const bare = read(eventGridEvent('ChatThreadCreatedWithUser', { ...recipient, participants: [{}] }));
    expect(bare).not.toHaveProperty('senderId');
    expect(bare).not.toHaveProperty('senderName');
    expect(bare).not.toHaveProperty('topic');
  });

  it('reads an added participant other than the recipient', () => {
    const data = {
      ...recipient,
      addedByCommunicationIdentifier: user(ben),
      participantAdded: { displayName: 'Cleo', participantCommunicationIdentifier: user(cleo) },
    };
    expect(read(eventGridEvent('ChatParticipantAddedToThreadWithUser', data))).toEqual({
      identity: { source, id, type: 'Microsoft.Communication.ChatParticipantAddedToThreadWithUser' },
      timeMs,
      kind: 'chat-added',
      recipientId: ada,
      recipientIsAdded: false,
      threadId: '19:t@thread.v2',
      senderId: ben,
      addedName: 'Cleo',
    });
  });

  it('reads an added participant who is the recipient, in the retired shape', () => {
    const data = {
      threadId: '19:t',
      recipientId: ada,
      addedBy: ben,
      memberAdded: { displayName: 'Ada', memberId: ada },
    };
    const event = read(eventGridEvent('ChatMemberAddedToThreadWithUser', data));
    expect(event).toMatchObject({ kind: 'chat-added', recipientIsAdded: true, senderId: ben });
    expect(event).not.toHaveProperty('addedName');
  });

  it('reads an added participant without a name', () => {
    expect(read(eventGridEvent('ChatParticipantAddedToThreadWithUser', recipient))).toMatchObject({
      recipientIsAdded: false,
    });
  });

  it.each([
    [
      'ChatParticipantRemovedFromThreadWithUser',
      'chat-removed',
      { removedByCommunicationIdentifier: user(ben) },
    ],
    ['ChatMemberRemovedFromThreadWithUser', 'chat-removed', { removedBy: ben }],
    ['ChatThreadWithUserDeleted', 'chat-removed', { deletedByCommunicationIdentifier: user(ben) }],
    ['ChatThreadWithUserDeleted', 'chat-removed', { deletedBy: ben }],
    ['ChatThreadPropertiesUpdatedPerUser', 'chat-updated', { editedByCommunicationIdentifier: user(ben) }],
    ['ChatThreadPropertiesUpdatedPerUser', 'chat-updated', { editedBy: ben }],
  ])('reads %s as %s', (type, kind, by) => {
    expect(read(eventGridEvent(type, { ...recipient, ...by }))).toEqual({
      identity: { source, id, type: `Microsoft.Communication.${type}` },
      timeMs,
      kind,
      recipientId: ada,
      threadId: '19:t@thread.v2',
      senderId: ben,
    });
  });
});

describe('parseEvent: ignored events', () => {
  it.each([
    ['Microsoft.Communication.ChatMessageReceivedInThread', 'thread-level'],
    ['Microsoft.Communication.ChatTypingIndicatorReceivedInThread', 'thread-level'],
    ['Microsoft.Communication.ChatThreadParticipantAdded', 'thread-level'],
    ['Microsoft.Communication.CallStarted', 'call-progress'],
    ['Microsoft.Communication.CallParticipantRemoved', 'call-progress'],
    ['Microsoft.Communication.RecordingFileStatusUpdated', 'other-acs'],
    ['Microsoft.Communication.UserDisconnected', 'other-acs'],
    ['Microsoft.Communication.SMSReceived', 'other-acs'],
    ['Microsoft.Communication.RouterJobQueued', 'other-acs'],
    ['Microsoft.Communication.ChatParticipantAddedToThread', 'unknown-acs'],
    ['Microsoft.Communication.FromTheFuture', 'unknown-acs'],
    ['Microsoft.EventGrid.SubscriptionValidationEvent', 'handshake'],
    ['Microsoft.Storage.BlobCreated', 'foreign'],
    ['constructor', 'foreign'],
  ])('ignores %s as %s, regardless of its data', (eventType, reason) => {
    expect(parseEvent(eventGridEvent('', undefined, { eventType }), 0)).toEqual({
      kind: 'ignored',
      reason,
      identity: { source, id, type: eventType },
    });
  });
});

describe('eventTime', () => {
  it.each([
    [{ eventTime: '2026-11-20T09:00:00.1234567Z' }, 1795165200123],
    [{ time: '2026-11-20T01:00:00.12-08:00' }, 1795165200120],
    [{ eventTime: 7, time: '2026-11-20T09:00:00Z' }, 1795165200000],
    [{ eventTime: 'yesterday' }, undefined],
    [{}, undefined],
    ['text', undefined],
    [null, undefined],
  ])('reads the time of %j', (value, timeMs) => {
    expect(eventTime(value)).toBe(timeMs);
  });
});
