import { describe, expect, it } from 'vitest';
import {
  acceptedPushes,
  type EventResult,
  isDone,
  isOutage,
} from '../../../../src/cli/dead-letters/redrive-events.ts';
import { describeResult } from '../../../../src/cli/dead-letters/redrive-report.ts';
import { RelayError } from '../../../../src/errors/errors.ts';
import type { PushOutcome } from '../../../../src/notification-hubs/push-outcome.ts';
import type { PushReport } from '../../../../src/relay/event-report.ts';

const identity = { source: '/s', id: 'e-1', type: 'T' };
const error = new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'Down.\nReally.' });

const push = (kind: PushReport['kind'], outcome: PushOutcome): PushReport => ({
  kind,
  recipientId: '8:acs:ada',
  deviceId: 'd',
  platform: 'apns',
  target: 'alert',
  tries: 1,
  outcome,
});
const pushed = (settled: boolean, ...pushes: readonly PushReport[]): EventResult => ({
  kind: 'pushed',
  identity,
  pushes,
  settled,
});
const accepted: PushOutcome = { kind: 'accepted' };
const expired: PushOutcome = { kind: 'expired' };
const refused: PushOutcome = { kind: 'rejected', status: 400, detail: 'd' };
const down: PushOutcome = { kind: 'unavailable', detail: 'd' };

interface Case {
  readonly what: string;
  readonly result: EventResult;
  readonly done: boolean;
  readonly outage: boolean;
  readonly accepted: number;
  readonly text: string;
  readonly dryText?: string;
}

const cases: readonly Case[] = [
  {
    what: 'pushes that are all accepted',
    result: pushed(true, push('chat-message', accepted), push('chat-message', accepted)),
    done: true,
    outage: false,
    accepted: 2,
    text: 'chat-message: 2 accepted',
    dryText: 'would send chat-message to 2 devices',
  },
  {
    what: 'a ring that became a missed call',
    result: pushed(true, push('incoming-call', expired), push('missed-call', accepted)),
    done: true,
    outage: false,
    accepted: 1,
    text: 'incoming-call: 1 expired; missed-call: 1 accepted',
    dryText: 'too late for incoming-call to 1 device, would send missed-call to 1 device',
  },
  {
    what: 'expired stops',
    result: pushed(true, push('call-answered', expired), push('call-ended', expired)),
    done: true,
    outage: false,
    accepted: 0,
    text: 'call-answered: 1 expired; call-ended: 1 expired',
  },
  {
    what: 'an expired missed-call notice',
    result: pushed(true, push('missed-call', expired)),
    done: false,
    outage: false,
    accepted: 0,
    text: 'missed-call: 1 expired',
  },
  {
    what: 'two pushes of which one is rejected',
    result: pushed(true, push('chat-message', accepted), push('chat-message', refused)),
    done: false,
    outage: false,
    accepted: 1,
    text: 'chat-message: 1 accepted, 1 rejected (400)',
  },
  {
    what: 'a rejected ring',
    result: pushed(true, push('incoming-call', refused)),
    done: false,
    outage: false,
    accepted: 0,
    text: 'incoming-call: 1 rejected (400)',
  },
  {
    what: 'two pushes of which one is open',
    result: pushed(false, push('chat-message', accepted), push('chat-message', down)),
    done: false,
    outage: false,
    accepted: 1,
    text: 'chat-message: 1 accepted, 1 unavailable',
  },
  {
    what: 'a hub that is down',
    result: pushed(false, push('chat-message', down)),
    done: false,
    outage: true,
    accepted: 0,
    text: 'chat-message: 1 unavailable',
  },
  {
    what: 'nothing to send',
    result: pushed(true),
    done: true,
    outage: false,
    accepted: 0,
    text: 'nothing left to send',
  },
  {
    what: 'a delivered event',
    result: { kind: 'skipped', identity, reason: 'delivered-before' },
    done: true,
    outage: false,
    accepted: 0,
    text: 'skipped: delivered-before',
  },
  {
    what: 'an event without recipients',
    result: { kind: 'ignored', identity, reason: 'thread-level' },
    done: true,
    outage: false,
    accepted: 0,
    text: 'ignored: thread-level',
  },
  {
    what: 'an event that another instance delivers',
    result: { kind: 'deferred', identity, reason: 'busy' },
    done: false,
    outage: false,
    accepted: 0,
    text: 'busy: another instance is delivering it',
  },
  {
    what: 'poison',
    result: { kind: 'poison', error },
    done: false,
    outage: false,
    accepted: 0,
    text: 'poison, STORAGE_UNAVAILABLE: Down.?Really.',
  },
  {
    what: 'a text',
    result: { kind: 'no-json' },
    done: false,
    outage: false,
    accepted: 0,
    text: 'cannot be redriven: not JSON',
  },
  {
    what: 'a storage failure',
    result: { kind: 'failed', error },
    done: false,
    outage: true,
    accepted: 0,
    text: 'failed: Down.?Really.',
  },
];

describe.each(cases)('the result of $what', ({ result, done, outage, accepted: count, text, dryText }) => {
  it('is judged and described', () => {
    expect(isDone(result)).toBe(done);
    expect(isOutage(result)).toBe(outage);
    expect(acceptedPushes(result)).toBe(count);
    expect(describeResult(result, false)).toBe(text);
    if (dryText !== undefined) expect(describeResult(result, true)).toBe(dryText);
  });
});
