import { describe, expect, it } from 'vitest';
import { createTelemetry } from '../../../src/telemetry/telemetry.ts';
import { eventGridEvent, adasMessage as message, bensRing as ring } from '../../support/events.ts';
import { createRelayHarness } from '../../support/relay-harness.ts';

const eventMs = 1795338000123;

describe('relay: a fault while it sends', () => {
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

  it('is not taken for an event that is too large: nothing is put aside, and the event comes again', async () => {
    const harness = faulty();
    await expect(harness.handle(message)).rejects.toBe(fault);
    expect(harness.letters).toEqual([]);
  });

  it('is told with the event it befell', async () => {
    const harness = faulty();
    await harness.handle(message).catch(() => undefined);
    expect(harness.lines.at(-1)).toMatchObject({
      level: 'error',
      event: 'event',
      fields: { end: 'deferred', type: 'Microsoft.Communication.ChatMessageReceived' },
    });
  });
});

describe('relay: an event that reached everybody, though that could not be written down as final', () => {
  it('is pushed to nobody again, and says so', async () => {
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
});

describe('relay: the lease of an event', () => {
  it('is 10 seconds, for a message as for a ring', async () => {
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
    expect(leases).toEqual([10_000, 10_000]);
  });
});

describe('relay: somebody unnamed who joins a call', () => {
  it('stops nobody and is not written down as a user', async () => {
    const joined: string[] = [];
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        calls: {
          ...deps.calls,
          markJoined: async (_callId, userId) => void joined.push(userId),
        },
      }),
    });
    await harness.handle(ring);
    const report = await harness.handle(
      eventGridEvent('CallParticipantAdded', { correlationId: 'call-1' }, { id: 'joined-1' }),
    );
    expect(report).toMatchObject({ kind: 'skipped' });
    expect(joined).toEqual([]);
  });
});
