import { describe, expect, it } from 'vitest';
import { looksLikeCall } from '../../../src/events/parse-event.ts';
import { createVirtualTime } from '../../support/chaos/virtual-time.ts';
import { ada, bensRing, cloudEvent, eventGridEvent, user } from '../../support/events.ts';
import { adasPhones, created, createRelayHarness, eventMs } from '../../support/relay-harness.ts';

const messageOf = (id: number) =>
  eventGridEvent(
    'ChatMessageReceived',
    {
      messageId: String(id),
      messageBody: 'Hello',
      threadId: 't',
      recipientCommunicationIdentifier: user(ada),
    },
    { id: `message-${id}` },
  );
const joined = eventGridEvent('CallParticipantAdded', { correlationId: 'call-1', user: user(ada) });
const ended = eventGridEvent('CallEnded', { correlationId: 'call-1' }, { id: 'ended' });

/** An instance with one phone, whose hub takes some time for each push, and counts what is at work at once. */
function openSlowHub(hubMs: number) {
  const time = createVirtualTime(eventMs);
  let atWork = 0;
  const most = { atWork: 0 };
  const harness = createRelayHarness({
    nowMs: eventMs,
    devices: adasPhones.slice(1),
    time,
    respond: async () => {
      atWork += 1;
      most.atWork = Math.max(most.atWork, atWork);
      await time.sleep(hubMs);
      atWork -= 1;
      return created;
    },
  });
  return { time, harness, most };
}

describe('500 chat events at once with a slow hub', () => {
  it('are worked on 64 at a time, and those that waited 10 s are sent back', async () => {
    const { time, harness, most } = openSlowHub(4_000);
    const ends: { readonly atMs: number; readonly how: string }[] = [];
    for (let id = 0; id < 500; id += 1) {
      void harness.handle(messageOf(id)).then(
        ({ kind }) => ends.push({ atMs: time.clock() - eventMs, how: kind }),
        (error) => ends.push({ atMs: time.clock() - eventMs, how: `${error.code} ${error.class}` }),
      );
    }
    await time.run();
    expect(most.atWork).toBe(64);
    const counts = Map.groupBy(ends, ({ atMs, how }) => `${atMs} ${how}`);
    expect(Object.fromEntries([...counts].map(([end, { length }]) => [end, length]))).toEqual({
      '4000 pushed': 64,
      '8000 pushed': 64,
      '10000 CAPACITY_EXCEEDED provider': 308,
      '12000 pushed': 64,
    });
    expect(harness.lines.filter(({ fields }) => fields['reason'] === 'CAPACITY_EXCEEDED')).toHaveLength(308);
  });

  it('keep no ring, join or end of a call waiting', async () => {
    const { time, harness } = openSlowHub(4_000);
    for (let id = 0; id < 500; id += 1) void harness.handle(messageOf(id)).catch(() => undefined);
    const ends: [string, number][] = [];
    const note = (name: string, event: unknown) =>
      void time
        .sleep(100)
        .then(() => harness.handle(event))
        .then(() => ends.push([name, time.clock() - eventMs]));
    note('ring', bensRing);
    note('join', joined);
    note('end', ended);
    await time.run();
    expect(ends.map(([name]) => name).sort()).toEqual(['end', 'join', 'ring']);
    const [ring] = harness.posts.filter(({ kind }) => kind === 'incoming-call');
    expect(ring?.atMs).toBe(eventMs + 100);
    // Two pushes after one another at most, and no turn.
    for (const [, atMs] of ends) expect(atMs).toBeLessThanOrEqual(12_100);
  });

  it('leave room again when they fail', async () => {
    const { time, harness } = openSlowHub(4_000);
    const poison = eventGridEvent('ChatMessageReceived', {});
    for (let id = 0; id < 64; id += 1) void harness.handle(poison);
    void harness.handle(messageOf(1));
    await time.run();
    expect(harness.posts.map(({ atMs }) => atMs)).toEqual([eventMs]);
  });
});

describe('looksLikeCall', () => {
  it.each([
    [true, bensRing],
    [true, joined],
    [true, cloudEvent('CallEnded', undefined)],
    [false, messageOf(1)],
    [false, eventGridEvent('CallStarted', {})],
    [false, 7],
    [false, null],
    [false, {}],
  ])('is %s for %o', (expected, value) => {
    expect(looksLikeCall(value)).toBe(expected);
  });
});
