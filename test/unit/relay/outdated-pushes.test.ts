import { describe, expect, it } from 'vitest';
import type { Device } from '../../../src/devices/device.ts';
import { ada, ben, bensRing, eventGridEvent, user } from '../../support/events.ts';
import { adasPhones, answer, created, createRelayHarness, eventMs } from '../../support/relay-harness.ts';

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

/**
 * A relay whose hub asks the first push to come again in five seconds, and what happens meanwhile.
 *
 * @param devices what the registry has: the test may change it
 */
function throttledOnce(meanwhile: () => Promise<unknown>, devices: Device[] = [...adasPhones].slice(1)) {
  let waits = 0;
  const harness = createRelayHarness({
    nowMs: eventMs,
    devices,
    respond: (_post, index) => (index === 0 ? answer(429, { 'retry-after': '5' }) : created),
    over: (deps) => ({
      ...deps,
      sleep: async (ms) => {
        waits += 1;
        await deps.sleep(ms);
        if (waits === 1) await meanwhile();
      },
    }),
  });
  return harness;
}

describe("the relay's own retries", () => {
  it('do not put a deleted message back on the screen', async () => {
    const harness = throttledOnce(() => harness.handle(deleted));
    expect(await harness.handle(received)).toMatchObject({
      kind: 'pushed',
      settled: true,
      pushes: [{ outcome: { kind: 'dropped', reason: 'superseded' }, tries: 1 }],
    });
    expect(harness.posts.map(({ kind }) => kind)).toEqual(['chat-message', 'chat-message-deleted']);
  });

  it('do not put the old text of an edited message back on the screen', async () => {
    const harness = throttledOnce(() => harness.handle(edited));
    await harness.handle(received);
    expect(harness.posts.map(({ kind }) => kind)).toEqual(['chat-message', 'chat-message-edited']);
  });

  it('send a message that nobody changed', async () => {
    const harness = throttledOnce(async () => undefined);
    await harness.handle(received);
    expect(harness.posts.map(({ kind }) => kind)).toEqual(['chat-message', 'chat-message']);
  });

  it('do not show a message on a phone that its user has signed out', async () => {
    const devices = [...adasPhones].slice(1);
    const harness = throttledOnce(async () => devices.pop(), devices);
    expect(await harness.handle(received)).toMatchObject({
      settled: true,
      pushes: [{ outcome: { kind: 'dropped', reason: 'moved' } }],
    });
    expect(harness.posts).toHaveLength(1);
  });

  it('leave a message open for the new handle of a phone', async () => {
    const devices = [...adasPhones].slice(1);
    const harness = throttledOnce(async () => {
      devices.splice(0, 1, ...devices.map((device) => ({ ...device, handle: 'fcm-renewed' })));
    }, devices);
    expect(await harness.handle(received)).toMatchObject({ settled: false });
    harness.advance(60_000);
    expect(await harness.handle(received)).toMatchObject({ settled: true });
    expect(harness.posts.map(({ handle }) => handle)).toEqual(['fcm-android', 'fcm-renewed']);
  });

  it('do not ring a phone for a call that was answered on another one', async () => {
    const joined = eventGridEvent(
      'CallParticipantAdded',
      { correlationId: 'call-1', user: { communicationIdentifier: user(ada) } },
      { id: 'joined-1', eventTime: '2026-11-22T09:00:02.0000000Z' },
    );
    const harness = throttledOnce(() => harness.handle(joined));
    expect(await harness.handle(bensRing)).toMatchObject({
      pushes: [{ kind: 'incoming-call', outcome: { kind: 'dropped', reason: 'answered' } }],
    });
    expect(harness.posts.map(({ kind }) => kind)).toEqual(['incoming-call', 'call-answered']);
  });

  it('do not ring a phone for a call that is over, and show it as missed', async () => {
    const ended = eventGridEvent(
      'CallEnded',
      { correlationId: 'call-1' },
      { id: 'ended-1', eventTime: '2026-11-22T09:00:02.0000000Z' },
    );
    const harness = throttledOnce(() => harness.handle(ended));
    await harness.handle(bensRing);
    const kinds = harness.posts.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'incoming-call')).toHaveLength(1);
    expect(kinds.at(-1)).toBe('missed-call');
  });

  it('record what they dropped as done, and never dead-letter it', async () => {
    const harness = throttledOnce(() => harness.handle(deleted));
    await harness.handle(received);
    expect(harness.letters).toEqual([]);
    expect(await harness.handle(received)).toMatchObject({ kind: 'skipped', reason: 'delivered-before' });
  });
});

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
