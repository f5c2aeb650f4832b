import { describe, expect, it } from 'vitest';
import { redriveEvent } from '../../../../src/cli/dead-letters/redrive-events.ts';
import { RelayError } from '../../../../src/errors/errors.ts';
import type { EventReport } from '../../../../src/relay/event-report.ts';
import type { Relay } from '../../../../src/relay/relay.ts';

const identity = { source: '/s', id: 'e-1', type: 'T' };
const delivered: EventReport = { kind: 'skipped', identity, reason: 'delivered-before' };
const busy: EventReport = { kind: 'deferred', identity, reason: 'busy' };
const down = new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'Down.' });

const relayThat = (handle: () => Promise<EventReport>): Relay => ({
  handle,
  handleText: handle,
  handleNoEvents: handle,
  end: async () => {},
});
const attempt = {
  functionName: 'redrive',
  owner: 'o',
  log: () => {},
  budgetEndsMs: 1,
  redrive: true,
} as const;
const event = { kind: 'json', value: {} } as const;

describe('redriveEvent', () => {
  it('returns what the real pipeline did after the dry run', async () => {
    const dryRun = () => relayThat(async () => delivered);
    const startAttempt = () => attempt;
    const relay = relayThat(async () => busy);
    expect(await redriveEvent(event, { dryRun, relay, startAttempt })).toBe(busy);
    expect(await redriveEvent(event, { dryRun, startAttempt })).toBe(delivered);
  });

  it('returns a storage failure, and throws any other error', async () => {
    const failing = (error: Error) => ({
      dryRun: () => relayThat(() => Promise.reject(error)),
      startAttempt: () => attempt,
    });
    expect(await redriveEvent(event, failing(down))).toEqual({ kind: 'failed', error: down });
    await expect(redriveEvent(event, failing(new TypeError('x')))).rejects.toThrow('x');
  });
});
