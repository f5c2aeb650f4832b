import { describe, expect, it } from 'vitest';
import { redriveEvent } from '../../../../src/cli/dead-letters/redrive-letters.ts';
import { RelayError } from '../../../../src/errors/errors.ts';
import type { EventReport } from '../../../../src/relay/event-report.ts';
import type { Relay } from '../../../../src/relay/relay.ts';

const identity = { source: '/s', id: 'e-1', type: 'T' };
const delivered: EventReport = { kind: 'skipped', identity, reason: 'delivered-before' };
const busy: EventReport = { kind: 'deferred', identity, reason: 'busy' };
const down = new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'Down.' });

const relayThat = (handle: () => Promise<EventReport>): Relay => ({ handle, handleText: handle });
const attempt = {
  functionName: 'redrive',
  owner: 'o',
  log: () => {},
  budgetEndsMs: 1,
  redrive: true,
} as const;
const event = { kind: 'json', value: {} } as const;

describe('redriveEvent', () => {
  it('answers what the real pipeline did, after a trial', async () => {
    const newTrial = () => relayThat(async () => delivered);
    const startAttempt = () => attempt;
    const relay = relayThat(async () => busy);
    expect(await redriveEvent(event, { newTrial, relay, startAttempt })).toBe(busy);
    expect(await redriveEvent(event, { newTrial, startAttempt })).toBe(delivered);
  });

  it('tells of storage that fails, and throws a fault of its own', async () => {
    const failing = (error: Error) => ({
      newTrial: () => relayThat(() => Promise.reject(error)),
      startAttempt: () => attempt,
    });
    expect(await redriveEvent(event, failing(down))).toEqual({ kind: 'failed', error: down });
    await expect(redriveEvent(event, failing(new TypeError('x')))).rejects.toThrow('x');
  });
});
