import { describe, expect, it } from 'vitest';
import { ada, ben, eventGridEvent, user } from '../../support/events.ts';
import { createRelayHarness, eventMs } from '../../support/relay-harness.ts';

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

describe('a chat message', () => {
  it('reaches every device', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    expect(await harness.handle(message)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.seen()).toEqual(['alert aaaa chat-message', 'alert fcm- chat-message']);
  });

  it('is skipped for its own sender', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    const own = { ...message, data: { ...message.data, senderCommunicationIdentifier: user(ada) } };
    expect(await harness.handle(own)).toMatchObject({ kind: 'skipped', reason: 'own-action' });
  });
});

describe('an event that concerns no user', () => {
  it('is reported and logged as ignored', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    expect(await harness.handle(eventGridEvent('CallStarted', {}))).toMatchObject({
      kind: 'ignored',
      reason: 'call-progress',
    });
    expect(harness.lines).toMatchObject([{ level: 'info', event: 'event', fields: { end: 'ignored' } }]);
  });
});
