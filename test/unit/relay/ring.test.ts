import { describe, expect, it } from 'vitest';
import { bensRing as ring } from '../../support/events.ts';
import { adasPhones, answer, created, createRelayHarness, eventMs } from '../../support/relay-harness.ts';

describe('the relay, given a ring', () => {
  it('reaches every device of the callee through the matching hub', async () => {
    const harness = createRelayHarness({ nowMs: eventMs + 400 });
    const report = await harness.handle(ring);
    expect(report).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.seen()).toEqual(['alert fcm- incoming-call', 'voip bbbb incoming-call']);
  });

  it('is skipped when the callee has no devices', async () => {
    const harness = createRelayHarness({ nowMs: eventMs, devices: [] });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'skipped', reason: 'no-devices' });
  });

  it('rings as an alert when no VoIP hub is configured', async () => {
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

  it('tells FCM the remaining time on every try', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      devices: adasPhones.slice(1),
      respond: (_, index) => (index === 0 ? answer(503, { 'retry-after': '10' }) : created),
    });
    await harness.handle(ring);
    expect(harness.posts.map(({ body }) => JSON.parse(body).message.android.ttl)).toEqual(['30s', '19s']);
  });
});

describe('the work before a ring', () => {
  it('is one storage round trip: claim, devices and call are read side by side', async () => {
    const waiting: (() => void)[] = [];
    // Each request resolves only once all three are pending: one after the other they would wait for ever.
    const together = () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 3) for (const answer of waiting) answer();
      });
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        findDevices: (id) => together().then(() => deps.findDevices(id)),
        ledger: { ...deps.ledger, claim: (...asked) => together().then(() => deps.ledger.claim(...asked)) },
        calls: {
          ...deps.calls,
          readCall: (...asked) =>
            waiting.length < 3
              ? together().then(() => deps.calls.readCall(...asked))
              : deps.calls.readCall(...asked),
        },
      }),
    });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
  });

  it('does not include the record of who is rung', async () => {
    const sent = Promise.withResolvers<void>();
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: () => {
        sent.resolve();
        return created;
      },
      over: (deps) => ({
        ...deps,
        calls: {
          ...deps.calls,
          rememberRung: (...rung) => sent.promise.then(() => deps.calls.rememberRung(...rung)),
        },
      }),
    });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
  });
});
