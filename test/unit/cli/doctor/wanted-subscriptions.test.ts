import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wantedCallEvents, wantedChatEvents } from '../../../../src/cli/doctor/checks/wanted-subscription.ts';
import { eventTypes } from '../../../../src/events/event-types.ts';

const pushed = Object.entries(eventTypes)
  .filter(([, disposition]) => typeof disposition !== 'string')
  .map(([type]) => type);
const retired = /\.ChatMember/;

describe('the wanted event subscriptions', () => {
  it('have every type that the relay makes a push of, and no other', () => {
    const needed = [...wantedCallEvents.needed, ...wantedChatEvents.needed].sort();
    expect(needed).toEqual(pushed.filter((type) => !retired.test(type)).sort());
    expect(needed).toHaveLength(11);
  });

  it('allow for calls what tells of calls, and for chat the retired names', () => {
    expect([...wantedCallEvents.allowed].sort()).toEqual(
      Object.entries(eventTypes)
        .filter(([, disposition]) => disposition === 'call-progress')
        .map(([type]) => type)
        .sort(),
    );
    expect([...wantedChatEvents.allowed].sort()).toEqual(pushed.filter((type) => retired.test(type)).sort());
  });

  it('are met by what infra/ deploys', () => {
    const file = join(import.meta.dirname, '../../../../infra/event-subscriptions.bicep');
    const bicep = readFileSync(file, 'utf8');
    const numbers = (name: string) =>
      [...bicep.matchAll(new RegExp(`\\b${name}: (\\d+)`, 'g'))].map(([, digits]) => Number(digits));
    const wanted = [wantedCallEvents, wantedChatEvents];
    expect(numbers('maxDeliveryAttempts')).toEqual(wanted.map((each) => each.maxDeliveryAttempts.set));
    expect(numbers('eventTimeToLiveInMinutes')).toEqual(wanted.map((each) => each.ttlMinutes.set));
    expect(numbers('maxEventsPerBatch')[0]).toBe(1);
  });
});
