import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Device } from '../../../src/devices/device.ts';
import type { RelayDeps } from '../../../src/relay/attempt.ts';
import { adasMessage as message, bensRing as ring } from '../../support/events.ts';
import { adasPhones, answer, createRelayHarness, down, eventMs, fail } from '../../support/relay-harness.ts';

describe('a ledger that is down', () => {
  it('does not keep a ring from being sent', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({ ...deps, ledger: { claim: fail, renew: fail, settle: fail } }),
    });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.lines).toContainEqual({
      level: 'error',
      event: 'ledger-unavailable',
      fields: { doing: 'ringing without it', code: 'STORAGE_UNAVAILABLE' },
    });
  });

  it('makes a chat message wait for the redelivery', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({ ...deps, ledger: { claim: fail, renew: fail, settle: fail } }),
    });
    await expect(harness.handle(message)).rejects.toBe(down);
    expect(harness.posts).toEqual([]);
  });

  it('leaves the attempt of a dead letter at 1', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      devices: adasPhones.slice(1),
      respond: () => answer(400),
      over: (deps) => ({ ...deps, ledger: { claim: fail, renew: fail, settle: fail } }),
    });
    await harness.handle(ring);
    expect(harness.letters).toMatchObject([{ reason: 'rejected', attempt: 1 }]);
  });

  it('fails no delivered event when only settling fails, and is logged', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({ ...deps, ledger: { ...deps.ledger, settle: fail } }),
    });
    expect(await harness.handle(message)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.lines).toContainEqual({
      level: 'error',
      event: 'ledger-unavailable',
      fields: { doing: 'not settling', code: 'STORAGE_UNAVAILABLE' },
    });
  });

  it('is not settled for a ring that it did not know, even when the dead letter cannot be stored', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      respond: () => answer(400),
      over: (deps) => ({ ...deps, deadLetter: fail, ledger: { ...deps.ledger, claim: fail } }),
    });
    await expect(harness.handle(ring)).rejects.toBe(down);
  });

  it('does not hide a bug in the relay', async () => {
    const fault = new TypeError('a fault');
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({ ...deps, ledger: { ...deps.ledger, settle: () => Promise.reject(fault) } }),
    });
    await expect(harness.handle(message)).rejects.toBe(fault);
  });
});

describe('a call memory that is down', () => {
  it('does not keep a ring from being sent', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        calls: { rememberRung: fail, markJoined: fail, markEnded: fail, readCall: fail },
      }),
    });
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
    expect(harness.posts).toHaveLength(2);
  });

  it('is logged at every step that goes without it', async () => {
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({
        ...deps,
        calls: { rememberRung: fail, markJoined: fail, markEnded: fail, readCall: fail },
      }),
    });
    await harness.handle(ring);
    const logged = harness.lines.filter(({ event }) => event === 'call-memory-unavailable');
    expect(logged.map(({ level, fields }) => [level, fields])).toEqual([
      ['warn', { doing: 'ringing without it' }],
      ['warn', { doing: 'ringing without being able to stop it' }],
      ['warn', { doing: 'not checking whether the ring is over' }],
      ['warn', { doing: 'not checking whether the ring is over' }],
    ]);
  });
});

describe('devices that cannot be read', () => {
  it('release the event immediately, so that the redelivery can ring', async () => {
    let failing = true;
    const harness = createRelayHarness({
      nowMs: eventMs,
      over: (deps) => ({ ...deps, findDevices: (id) => (failing ? fail() : deps.findDevices(id)) }),
    });
    await expect(harness.handle(ring)).rejects.toBe(down);
    failing = false;
    expect(await harness.handle(ring)).toMatchObject({ kind: 'pushed', settled: true });
  });
});

describe('storage that hangs', () => {
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

  it('lets a ring go out without the ledger one second after the devices are known', async () => {
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

  it('lets a ring go out without the call memory one second after the devices are known', async () => {
    expect((await inMs(999, hangingMemory)).posts).toEqual([]);
    const { posts, lines } = await inMs(1_000, hangingMemory);
    expect(posts.map(({ kind }) => kind)).toEqual(['incoming-call', 'incoming-call']);
    expect(lines).toContainEqual({
      level: 'warn',
      event: 'call-memory-unavailable',
      fields: { doing: 'ringing without it' },
    });
  });

  it('sets no deadline for a message or the notice of a missed call', async () => {
    expect((await inMs(20_000, hangingLedger, message)).posts).toEqual([]);
    const late = { ...ring, eventTime: '2026-11-22T08:58:00Z' };
    expect((await inMs(20_000, hangingMemory, late)).posts).toEqual([]);
  });

  it('sets no deadline for the ledger while the devices are not known either', async () => {
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
