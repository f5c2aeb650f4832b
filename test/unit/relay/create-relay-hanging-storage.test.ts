import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Device } from '../../../src/devices/device.ts';
import type { RelayDeps } from '../../../src/relay/attempt.ts';
import { adasMessage as message, bensRing as ring } from '../../support/events.ts';
import { adasPhones, createRelayHarness } from '../../support/relay-harness.ts';

const eventMs = 1795338000123;

describe('relay: a ring while a part of storage hangs', () => {
  const hang = (): Promise<never> => new Promise(() => undefined);
  const hangingLedger = (deps: RelayDeps): RelayDeps => ({
    ...deps,
    ledger: { ...deps.ledger, claim: hang },
  });
  const hangingMemory = (deps: RelayDeps): RelayDeps => ({
    ...deps,
    calls: { ...deps.calls, readCall: hang },
  });
  const inMs = async (ms: number, over: (deps: RelayDeps) => RelayDeps, event: unknown = ring) => {
    const harness = createRelayHarness({ nowMs: eventMs, over });
    const handled = harness.handle(event);
    await vi.advanceTimersByTimeAsync(ms);
    return { ...harness, handled };
  };
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('goes out without the ledger one second after the devices are known', async () => {
    expect((await inMs(999, hangingLedger)).posts).toEqual([]);
    const { posts, handled, lines } = await inMs(1_000, hangingLedger);
    expect(posts.map(({ kind }) => kind)).toEqual(['incoming-call', 'incoming-call']);
    expect(await handled).toMatchObject({ kind: 'pushed', settled: true, degraded: true });
    expect(lines).toContainEqual({
      level: 'error',
      event: 'ledger-unavailable',
      fields: { doing: 'ringing without it', code: 'STORAGE_UNAVAILABLE' },
    });
  });

  it('goes out without the call memory one second after the devices are known', async () => {
    expect((await inMs(999, hangingMemory)).posts).toEqual([]);
    const { posts, lines } = await inMs(1_000, hangingMemory);
    expect(posts.map(({ kind }) => kind)).toEqual(['incoming-call', 'incoming-call']);
    expect(lines).toContainEqual({
      level: 'warn',
      event: 'call-memory-unavailable',
      fields: { doing: 'ringing without it' },
    });
  });

  it('hurries neither a message nor the notice of a missed call', async () => {
    expect((await inMs(20_000, hangingLedger, message)).posts).toEqual([]);
    const late = { ...ring, eventTime: '2026-11-22T08:58:00Z' };
    expect((await inMs(20_000, hangingMemory, late)).posts).toEqual([]);
  });

  it('waits for the ledger as long as the devices are not known: storage may just be slow', async () => {
    const devices = Promise.withResolvers<readonly Device[]>();
    const claimed = Promise.withResolvers<void>();
    const { posts, handled } = await inMs(5_000, (deps) => ({
      ...deps,
      findDevices: () => devices.promise,
      ledger: {
        ...deps.ledger,
        claim: (...asked) => claimed.promise.then(() => deps.ledger.claim(...asked)),
      },
    }));
    expect(posts).toEqual([]);
    devices.resolve(adasPhones);
    await vi.advanceTimersByTimeAsync(900);
    claimed.resolve();
    const report = await handled;
    expect(report).toMatchObject({ kind: 'pushed', settled: true });
    expect(report).not.toHaveProperty('degraded');
  });
});
