import { describe, expect, it } from 'vitest';
import { createLeases } from '../../../src/relay/claim-event.ts';
import type { EventReport } from '../../../src/relay/event-report.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';
import { createVirtualTime } from '../../support/chaos/virtual-time.ts';
import { ada, adasMessage as message, bensRing as ring } from '../../support/events.ts';
import { adasPhones, created, createRelayHarness, eventMs, fail } from '../../support/relay-harness.ts';

const forever = new Promise<never>(() => {});

/** Instances of the relay that share storage and time. The clock of one may be behind. */
function openInstances() {
  const time = createVirtualTime(eventMs);
  const tables = createMemoryTableService();
  return {
    time,
    instance: (init: Partial<Parameters<typeof createRelayHarness>[0]> = {}, behindMs = 0) =>
      createRelayHarness({
        nowMs: eventMs,
        devices: adasPhones.slice(1),
        tables,
        time: { ...time, clock: () => time.clock() - behindMs },
        ...init,
      }),
    /** An instance that claims the event and dies at its first push. */
    crashing: () =>
      createRelayHarness({
        nowMs: eventMs,
        devices: adasPhones.slice(1),
        tables,
        time: { ...time, startTimer: () => () => {} },
        respond: () => forever,
      }),
  };
}

describe("a crashed owner's ring is lost by one second", () => {
  it.each([
    { name: 'the instance of the redelivery is 1 s behind', behindMs: 1_000, atMs: 10_000, rungAtMs: 10_020 },
    { name: 'the redelivery comes 0.7 s early', behindMs: 0, atMs: 9_300, rungAtMs: 10_020 },
  ])('not when $name: it waits for what is left of the lease', async ({ behindMs, atMs, rungAtMs }) => {
    const { time, crashing, instance } = openInstances();
    void crashing().handle(ring);
    const second = instance({}, behindMs);
    let report: EventReport | undefined;
    void time.sleep(atMs).then(async () => {
      report = await second.handle(ring);
    });
    await time.run();
    expect(report).toMatchObject({ kind: 'pushed', settled: true, pushes: [{ kind: 'incoming-call' }] });
    expect(second.posts.map((post) => post.atMs - eventMs)).toEqual([rungAtMs]);
  });

  it('until 2 s before its deadline, and then asks once more', async () => {
    const { time, instance } = openInstances();
    const slow = instance({ respond: () => forever });
    void time.sleep(4_500).then(() => slow.handle(ring));
    const asked: number[] = [];
    const second = instance({
      over: (deps) => ({
        ...deps,
        ledger: {
          ...deps.ledger,
          claim: (...args) => {
            asked.push(time.clock() - eventMs);
            return deps.ledger.claim(...args);
          },
        },
      }),
    });
    let report: EventReport | undefined;
    void time.sleep(22_000).then(async () => {
      report = await second.handle(ring);
    });
    await time.run();
    expect(asked).toEqual([22_000, 28_000]);
    expect(report).toMatchObject({ kind: 'deferred', reason: 'busy' });
    expect(second.posts).toEqual([]);
  });

  it('and reads again what may have changed while it waited', async () => {
    const { time, crashing, instance } = openInstances();
    void crashing().handle(ring);
    const second = instance();
    let report: EventReport | undefined;
    void time.sleep(9_000).then(async () => {
      report = await second.handle(ring);
    });
    void time.sleep(9_500).then(() => second.deps.calls.markJoined('call-1', ada, eventMs + 9_500));
    await time.run();
    // The dead owner may have rung the phone, so it is stopped.
    expect(report).toMatchObject({ kind: 'pushed', settled: true, pushes: [{ kind: 'call-answered' }] });
    expect(second.seen()).toEqual(['alert fcm- call-answered']);
  });
});

describe('a second delivery 11 s into a long attempt', () => {
  it.each([
    { name: 'ring', event: ring, second: { kind: 'skipped', reason: 'delivered-before' } },
    { name: 'message', event: message, second: { kind: 'deferred', reason: 'busy' } },
  ])('doubles nothing of a $name', async ({ event, second }) => {
    const { time, instance } = openInstances();
    const slow = instance({ respond: () => time.sleep(14_000).then(() => created) });
    const other = instance();
    const reports: EventReport[] = [];
    void slow.handle(event).then((report) => reports.push(report));
    void time.sleep(11_000).then(async () => reports.push(await other.handle(event)));
    await time.run();
    expect(reports).toMatchObject(
      event === ring
        ? [{ kind: 'pushed', settled: true }, second]
        : [second, { kind: 'pushed', settled: true }],
    );
    expect([slow.posts.length, other.posts.length]).toEqual([1, 0]);
  });
});

/** Watches the lease of an attempt whose push takes 14 s. */
async function watchLease(event: unknown, renew: 'works' | 'fails' | 'is lost') {
  const { time, instance } = openInstances();
  const renewedAt: number[] = [];
  const slow = instance({
    respond: () => time.sleep(14_000).then(() => created),
    over: (deps) => ({
      ...deps,
      ledger: {
        ...deps.ledger,
        renew: async (claim, leaseMs, nowMs) => {
          renewedAt.push(nowMs - eventMs);
          if (renew === 'fails') return fail();
          if (renew === 'is lost') return { kind: 'lost' };
          return deps.ledger.renew(claim, leaseMs, nowMs);
        },
      },
    }),
  });
  let report: EventReport | undefined;
  void slow.handle(event).then((ended) => {
    report = ended;
  });
  await time.run();
  return { renewedAt, report, lines: slow.lines };
}

describe('the lease of a ring', () => {
  it('is renewed every 5 s while its work goes on', async () => {
    const { renewedAt, report } = await watchLease(ring, 'works');
    expect(renewedAt).toEqual([5_000, 10_000]);
    expect(report).toMatchObject({ kind: 'pushed', settled: true });
  });

  it('is tried again every second when the ledger fails, and the ring goes on', async () => {
    const { renewedAt, report, lines } = await watchLease(ring, 'fails');
    expect(renewedAt).toEqual([5_000, 6_000, 7_000, 8_000, 9_000, 10_000, 11_000, 12_000, 13_000]);
    expect(report).toMatchObject({ kind: 'pushed', settled: true });
    expect(lines).toContainEqual({
      level: 'warn',
      event: 'ledger-unavailable',
      fields: { doing: 'not renewing the lease', code: 'STORAGE_UNAVAILABLE' },
    });
  });

  it('is not renewed once it is lost, and the ring goes on', async () => {
    const { renewedAt, report } = await watchLease(ring, 'is lost');
    expect(renewedAt).toEqual([5_000]);
    expect(report).toMatchObject({ kind: 'pushed', settled: true });
  });
});

it('the lease of a message is never renewed: it outlives the work', async () => {
  expect(await watchLease(message, 'works')).toMatchObject({
    renewedAt: [],
    report: { kind: 'pushed', settled: true },
  });
});

describe('an owner', () => {
  const event = { identity: { source: '/s', id: 'e', type: 'T' }, timeMs: eventMs };
  const claimed = async (harness: ReturnType<typeof createRelayHarness>, leaseMs: number) => {
    const request = { owner: 'o', payloadHash: 'h', contentHash: 'c', nowMs: harness.clock(), leaseMs };
    const result = await harness.deps.ledger.claim(event, request);
    if (result.kind !== 'claimed') throw new Error('Not claimed.');
    return result.claim;
  };
  const call = { ...event, kind: 'call-ended', callId: 'c' } as const;

  it.each([
    { name: 'cannot renew its lease', renew: fail, endsMs: 10_000 },
    { name: 'has lost it', renew: async () => ({ kind: 'lost' }) as const, endsMs: 5_000 },
  ])('that $name begins no new chat try', async ({ renew, endsMs }) => {
    const { time, instance } = openInstances();
    const harness = instance();
    const leases = createLeases({ ...harness.deps, ledger: { ...harness.deps.ledger, renew } });
    const lease = leases.hold(harness.attempt(), call, await claimed(harness, 10_000));
    const held: [number, boolean][] = [];
    for (const atMs of [endsMs - 1, endsMs + 1]) {
      void time.sleep(atMs).then(() => held.push([atMs, lease.isHeld()]));
    }
    void time.sleep(20_000).then(lease.end);
    await time.run();
    expect(held).toEqual([
      [endsMs - 1, true],
      [endsMs + 1, false],
    ]);
  });
});
