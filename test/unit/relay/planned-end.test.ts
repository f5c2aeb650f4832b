import { describe, expect, it } from 'vitest';
import type { EventReport } from '../../../src/relay/event-report.ts';
import { createMemoryTableService } from '../../../src/storage/memory-tables.ts';
import { createVirtualTime } from '../../support/chaos/virtual-time.ts';
import { adasMessage as message, bensRing as ring } from '../../support/events.ts';
import { created, createRelayHarness, eventMs, fail } from '../../support/relay-harness.ts';

/** Two instances that share storage and time. The Android phone's hub takes some time for a push of the first. */
function openInstances(
  hubMs: number,
  over: Parameters<typeof createRelayHarness>[0]['over'] = (deps) => deps,
) {
  const time = createVirtualTime(eventMs);
  const tables = createMemoryTableService();
  const ending = createRelayHarness({
    nowMs: eventMs,
    time,
    tables,
    over,
    respond: async ({ handle }) => {
      if (handle === 'fcm-android') await time.sleep(hubMs);
      return created;
    },
  });
  const next = createRelayHarness({ nowMs: eventMs, time, tables });
  const end = async (): Promise<number> => {
    const startedMs = time.clock();
    await ending.relay.end();
    return time.clock() - startedMs;
  };
  return { time, ending, next, end };
}

describe('a planned end', () => {
  it('drops no ring in flight: what ends within 4 s is finished', async () => {
    const { time, ending, end } = openInstances(3_500);
    let report: EventReport | undefined;
    let tookMs: number | undefined;
    void ending.handle(ring).then((ended) => {
      report = ended;
    });
    void time.sleep(100).then(async () => {
      tookMs = await end();
      expect(report).toMatchObject({ kind: 'pushed', settled: true });
    });
    await time.run();
    expect(tookMs).toBe(3_400);
  });

  it.each([
    { name: 'ring', event: ring },
    { name: 'message', event: message },
  ])('gives the lease of a $name back, and the next delivery sends only what is open', async ({ event }) => {
    const { time, ending, next, end } = openInstances(20_000);
    void ending.handle(event);
    let report: EventReport | undefined;
    let tookMs: number | undefined;
    void time.sleep(100).then(async () => {
      tookMs = await end();
      report = await next.handle(event);
    });
    await time.run();
    expect(tookMs).toBe(4_000);
    expect(report).toMatchObject({ kind: 'pushed', settled: true });
    expect(next.posts.map(({ handle, atMs }) => [handle, atMs - eventMs])).toEqual([['fcm-android', 4_100]]);
  });

  it('counts a push that may be on its way as unknown, so that it can be stopped', async () => {
    const { time, ending, next, end } = openInstances(20_000);
    void ending.handle(ring);
    void time.sleep(100).then(async () => {
      await end();
      await next.deps.calls.markEnded('call-1', time.clock());
      await next.handle(ring);
    });
    await time.run();
    expect(next.seen()).toContain('alert fcm- call-ended');
  });

  it('ends after 4.8 s even when the ledger hangs, and at once when nothing is in flight', async () => {
    const hanging = openInstances(20_000, (deps) => ({
      ...deps,
      ledger: { ...deps.ledger, settle: () => new Promise(() => {}) },
    }));
    let tookMs: number | undefined;
    void hanging.ending.handle(ring);
    void hanging.time.sleep(100).then(async () => {
      tookMs = await hanging.end();
    });
    await hanging.time.run();
    expect(tookMs).toBe(4_800);

    const idle = openInstances(0);
    expect(await idle.end()).toBe(0);
  });

  it('never fails when the ledger does', async () => {
    const { time, ending, end } = openInstances(20_000, (deps) => ({
      ...deps,
      ledger: { ...deps.ledger, settle: fail },
    }));
    let tookMs: number | undefined;
    void ending.handle(ring);
    void time.sleep(100).then(async () => {
      tookMs = await end();
    });
    await time.run();
    expect(tookMs).toBe(4_000);
  });
});
