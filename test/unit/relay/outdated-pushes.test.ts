import { describe, expect, it } from 'vitest';
import { ada, ben, eventGridEvent, user } from '../../support/events.ts';
import { createRelayHarness, eventMs } from '../../support/relay-harness.ts';

/** A message to Ada, or a change of it, as of a version. */
function message(type: 'Received' | 'Edited' | 'Deleted', version: number, text = 'Hello') {
  return eventGridEvent(
    `ChatMessage${type}`,
    {
      messageId: '1795338000123',
      threadId: '19:t@thread.v2',
      messageBody: text,
      version,
      recipientCommunicationIdentifier: user(ada),
      senderCommunicationIdentifier: user(ben),
    },
    { id: `${type}-${version}` },
  );
}

const received = message('Received', 1_795_338_000_123);
const edited = message('Edited', 1_795_338_001_000, 'Hello again');
const deleted = message('Deleted', 1_795_338_002_000);

describe('a message that is delivered after a newer state of it', () => {
  it('is skipped when it was edited', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(edited);
    expect(await harness.handle(received)).toMatchObject({ kind: 'skipped', reason: 'superseded' });
    expect(new Set(harness.posts.map(({ kind }) => kind))).toEqual(new Set(['chat-message-edited']));
  });

  it('is skipped when it was deleted, and so is an edit of it', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(deleted);
    expect(await harness.handle(received)).toMatchObject({ kind: 'skipped', reason: 'superseded' });
    expect(await harness.handle(edited)).toMatchObject({ kind: 'skipped', reason: 'superseded' });
    expect(new Set(harness.posts.map(({ kind }) => kind))).toEqual(new Set(['chat-message-deleted']));
  });

  it('is skipped as an older edit', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(message('Edited', 1_795_338_001_500, 'Newest'));
    expect(await harness.handle(edited)).toMatchObject({ kind: 'skipped', reason: 'superseded' });
  });

  it('is still removed by a deletion that comes late', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(message('Edited', 1_795_338_009_000, 'Newest'));
    expect(await harness.handle(deleted)).toMatchObject({ kind: 'pushed', settled: true });
  });
});
