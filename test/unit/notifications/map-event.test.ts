import { describe, expect, it } from 'vitest';
import type { RelayEvent } from '../../../src/events/relay-event.ts';
import { mapEvent, readCallPayload } from '../../../src/notifications/map-event.ts';
import { ada, ben } from '../../support/events.ts';

const timeMs = 1_000_000;
const rules = { ringMs: 30_000, chatTtlMs: 86_400_000, chatContent: 'full' } as const;
const identity = { source: '/s', id: 'e', type: 'T' };

const call: RelayEvent = {
  kind: 'incoming-call',
  identity,
  timeMs,
  recipientId: ada,
  callId: 'call-1',
  serverCallId: 's',
  callerId: ben,
  callerName: 'Ben',
  incomingCallContext: `x.${Buffer.from('{"cc":"H4sI","shrToken":"secret"}').toString('base64url')}.y`,
};

describe('mapEvent: calls', () => {
  const common = {
    identity,
    recipientId: ada,
    sentAtMs: 1_000_000,
    callId: 'call-1',
    serverCallId: 's',
    callerId: ben,
    callerName: 'Ben',
  };

  it('rings until the ring deadline, with only the call payload from the context', () => {
    expect(mapEvent(call, 1_029_999, rules)).toEqual({
      kind: 'notify',
      notification: { ...common, kind: 'incoming-call', expiresAtMs: 1_030_000, callPayload: 'H4sI' },
    });
  });

  it('becomes a missed call from the ring deadline on', () => {
    expect(mapEvent(call, 1_030_000, rules)).toEqual({
      kind: 'notify',
      notification: { ...common, kind: 'missed-call', expiresAtMs: 87_400_000 },
    });
  });

  it('rings no longer than RING_SECONDS from now when it is dated in the future', () => {
    expect(mapEvent({ ...call, timeMs: 5_000_000 }, timeMs, rules)).toMatchObject({
      kind: 'notify',
      notification: { kind: 'incoming-call', sentAtMs: 5_000_000, expiresAtMs: 1_030_000 },
    });
  });

  it('omits facts that the event lacks', () => {
    const bare: RelayEvent = { kind: 'incoming-call', identity, timeMs, recipientId: ada, callId: 'c' };
    expect(mapEvent(bare, timeMs, rules)).toEqual({
      kind: 'notify',
      notification: {
        kind: 'incoming-call',
        identity,
        recipientId: ada,
        sentAtMs: 1_000_000,
        expiresAtMs: 1_030_000,
        callId: 'c',
      },
    });
  });

  it.each(['call-participant-added', 'call-ended'] as const)(
    'leaves the recipients of %s to the relay',
    (kind) => {
      const event: RelayEvent = { kind, identity, timeMs, callId: 'c' };
      expect(mapEvent(event, timeMs, rules)).toEqual({ kind: 'call-progress', event });
    },
  );
});

describe('mapEvent: chat', () => {
  const message: RelayEvent = {
    kind: 'chat-message',
    identity,
    timeMs,
    recipientId: ada,
    threadId: 't',
    messageId: 'm',
    version: 7,
    senderId: ben,
    senderName: 'Ben',
    text: 'Hello',
    textFormat: 'plain',
  };
  const common = {
    identity,
    recipientId: ada,
    sentAtMs: 1_000_000,
    expiresAtMs: 87_400_000,
    threadId: 't',
    senderId: ben,
  };
  const notificationOf = (event: RelayEvent, chatContent: 'full' | 'sender' | 'none' = 'full') =>
    mapEvent(event, timeMs, { ...rules, chatContent });

  it('shows text and sender with CHAT_CONTENT=full', () => {
    expect(notificationOf(message)).toEqual({
      kind: 'notify',
      notification: {
        ...common,
        kind: 'chat-message',
        messageId: 'm',
        version: 7,
        senderName: 'Ben',
        text: 'Hello',
      },
    });
  });

  it('shows only the sender with CHAT_CONTENT=sender', () => {
    expect(notificationOf(message, 'sender')).toEqual({
      kind: 'notify',
      notification: { ...common, kind: 'chat-message', messageId: 'm', version: 7, senderName: 'Ben' },
    });
  });

  it('shows neither with CHAT_CONTENT=none', () => {
    expect(notificationOf(message, 'none')).toEqual({
      kind: 'notify',
      notification: { ...common, kind: 'chat-message', messageId: 'm', version: 7 },
    });
  });

  it('takes the time of the event for the version where ACS gives none', () => {
    const { version, ...rest } = message;
    expect(version).toBe(7);
    expect(notificationOf(rest)).toMatchObject({ notification: { version: 1_000_000 } });
  });

  it('counts the life of a message that is dated in the future from now', () => {
    expect(mapEvent({ ...message, timeMs: 9_000_000 }, timeMs, rules)).toMatchObject({
      notification: { sentAtMs: 9_000_000, expiresAtMs: 87_400_000 },
    });
  });

  it('shows the words of an HTML message, and nothing for an empty one', () => {
    const text = (event: RelayEvent) => {
      const mapping = notificationOf(event);
      return mapping.kind === 'notify' && 'text' in mapping.notification
        ? mapping.notification.text
        : undefined;
    };
    expect(text({ ...message, text: '<p>Hi <b>Ada</b></p>', textFormat: 'html' })).toBe('Hi Ada');
    expect(text({ ...message, text: ' <br/> ', textFormat: 'html' })).toBeUndefined();
    expect(text({ ...message, text: '<b>kept</b>' })).toBe('<b>kept</b>');
    expect(text({ ...message, text: ' \n' })).toBeUndefined();
    const { text: _, ...none } = message;
    expect(text(none)).toBeUndefined();
    expect(text({ ...none, textFormat: 'html' })).toBeUndefined();
  });

  it('maps a deletion without text', () => {
    const { text: _, textFormat: __, ...rest } = message;
    expect(notificationOf({ ...rest, kind: 'chat-message-deleted' })).toEqual({
      kind: 'notify',
      notification: {
        ...common,
        kind: 'chat-message-deleted',
        messageId: 'm',
        version: 7,
        senderName: 'Ben',
      },
    });
  });

  const added: RelayEvent = {
    kind: 'chat-added',
    identity,
    timeMs,
    recipientId: ada,
    recipientIsAdded: false,
    threadId: 't',
    senderId: ben,
    addedName: 'Cleo',
    topic: 'Knee',
  };

  it('withholds topic and names of a chat-added according to the content policy', () => {
    expect(notificationOf(added)).toEqual({
      kind: 'notify',
      notification: {
        ...common,
        kind: 'chat-added',
        topic: 'Knee',
        addedName: 'Cleo',
        recipientIsAdded: false,
      },
    });
    expect(notificationOf(added, 'sender')).toEqual({
      kind: 'notify',
      notification: { ...common, kind: 'chat-added', addedName: 'Cleo', recipientIsAdded: false },
    });
    expect(notificationOf(added, 'none')).toEqual({
      kind: 'notify',
      notification: { ...common, kind: 'chat-added', recipientIsAdded: false },
    });
  });

  it('skips messages and additions by the recipient', () => {
    const skipped = { kind: 'skipped', reason: 'own-action' };
    expect(notificationOf({ ...message, senderId: ada })).toEqual(skipped);
    expect(notificationOf({ ...added, senderId: ada })).toEqual(skipped);
  });

  it.each(['chat-removed', 'chat-updated'] as const)(
    'sends %s to the user who did it, for their other devices',
    (kind) => {
      expect(
        notificationOf({ kind, identity, timeMs, recipientId: ada, threadId: 't', senderId: ada }),
      ).toEqual({
        kind: 'notify',
        notification: { ...common, kind, senderId: ada },
      });
    },
  );
});

describe('readCallPayload', () => {
  const segment = (json: string) => Buffer.from(json).toString('base64url');

  it('reads the cc claim of the second segment', () => {
    expect(readCallPayload(`e30.${segment('{"cc":"H4sI+/=","shrToken":"s"}')}.sig`)).toBe('H4sI+/=');
    expect(readCallPayload(`e30.${segment('{"cc":"å?>~"}')}`)).toBe('å?>~');
  });

  it.each([
    ['an absent context', undefined],
    ['an empty text', ''],
    ['one segment', 'abc'],
    ['an empty second segment', 'abc..x'],
    ['a segment that is not JSON', 'a.!!!.c'],
    ['claims that are not an object', `a.${segment('7')}.c`],
    ['claims without cc', `a.${segment('{"shrToken":"s"}')}.c`],
    ['an empty cc', `a.${segment('{"cc":""}')}.c`],
    ['a cc that is not a text', `a.${segment('{"cc":7}')}.c`],
  ])('returns undefined for %s', (_, context) => {
    expect(readCallPayload(context)).toBeUndefined();
  });
});
