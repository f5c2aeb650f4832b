import { describe, expect, it } from 'vitest';
import {
  cleo,
  cloudEvent,
  eventGridEvent,
  adasMessage as message,
  bensRing as ring,
  user,
} from '../../support/events.ts';
import { answer, created, createRelayHarness, eventMs } from '../../support/relay-harness.ts';

describe('a redelivered event', () => {
  it('is sent once, however often Event Grid delivers it', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 400 });
    await harness.handle(ring);
    expect(await harness.handle(ring)).toMatchObject({ kind: 'skipped', reason: 'delivered-before' });
    expect(harness.posts).toHaveLength(2);
  });

  it('resumes with the devices that are still open, under the same ids', async () => {
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

  it('is deferred while another instance is working on it: a message never waits', async () => {
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
            second = await harness.handle(message);
            return claim;
          },
        },
      }),
    });
    await racing.handle(message);
    expect(second).toMatchObject({ kind: 'deferred', reason: 'busy' });
    expect(harness.posts).toEqual([]);
  });

  it('is poison when its identity arrives with a different callee', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(ring);
    const other = { ...ring, data: { ...ring.data, to: user(cleo) } };
    expect(await harness.handle(other)).toMatchObject({
      kind: 'poison',
      error: { code: 'EVENT_PAYLOAD_CHANGED' },
    });
    expect(harness.letters).toMatchObject([{ reason: 'payload-changed' }]);
  });

  it('is recognised in either schema, with or without the secrets of its context', async () => {
    const harness = createRelayHarness({ nowMs: eventMs });
    await harness.handle(eventGridEvent('IncomingCall', { ...ring.data, incomingCallContext: 'a.b.c' }));
    expect(await harness.handle(cloudEvent('IncomingCall', ring.data))).toMatchObject({
      reason: 'delivered-before',
    });
  });

  it('is not pushed again when it reached every device without being settled as final', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        ledger: {
          ...deps.ledger,
          settle: (claim, outcomes, end) => deps.ledger.settle(claim, outcomes, { ...end, final: false }),
        },
      }),
    });
    await harness.handle(message);
    harness.posts.length = 0;
    expect(await harness.handle(message)).toMatchObject({ kind: 'pushed', pushes: [], settled: true });
    expect(harness.posts).toEqual([]);
  });

  it('goes again to the devices it did not reach when it is redriven', async () => {
    let refusing = true;
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: ({ handle }) => (refusing && handle === 'fcm-android' ? answer(400) : created),
    });
    await harness.handle(message);
    refusing = false;
    const redriven = await harness.deps.ledger.claim(
      { identity: { source: message.topic, id: message.id, type: message.eventType }, timeMs: eventMs },
      {
        owner: 'someone',
        payloadHash: 'other',
        contentHash: 'other',
        nowMs: eventMs,
        leaseMs: 1,
        redrive: true,
      },
    );
    expect(redriven.kind).toBe('payload-changed');
    harness.posts.length = 0;
    expect(await harness.redrive(message)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.seen()).toEqual(['alert fcm- chat-message']);
  });
});

describe('the claim of an event', () => {
  it('is leased for as long as a message may take and 2 seconds, and for 10 seconds at a time for a call', async () => {
    const leases: number[] = [];
    const harness = createRelayHarness({
      nowMs: eventMs + 1_000,
      over: (deps) => ({
        ...deps,
        ledger: {
          ...deps.ledger,
          claim: (event, request) => {
            leases.push(request.leaseMs);
            return deps.ledger.claim(event, request);
          },
        },
      }),
    });
    await harness.handle(message);
    await harness.handle(ring);
    expect(leases).toEqual([27_000, 10_000]);
  });

  it('is logged as lost when another owner took the event over', async () => {
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
