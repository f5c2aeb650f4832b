import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventSubscription } from '../../../../../src/cli/arm/event-grid.ts';
import {
  judgeSubscription,
  wantedCallEvents,
  wantedChatEvents,
} from '../../../../../src/cli/doctor/checks/wanted-subscription.ts';
import { eventTypes } from '../../../../../src/events/event-types.ts';
import { callSubscription } from '../../../../support/arm/call-subscription.ts';

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
    const file = join(import.meta.dirname, '../../../../../infra/event-subscriptions.bicep');
    const bicep = readFileSync(file, 'utf8');
    const numbers = (name: string) =>
      [...bicep.matchAll(new RegExp(`\\b${name}: (\\d+)`, 'g'))].map(([, digits]) => Number(digits));
    const wanted = [wantedCallEvents, wantedChatEvents];
    expect(numbers('maxDeliveryAttempts')).toEqual(wanted.map((each) => each.maxDeliveryAttempts.set));
    expect(numbers('eventTimeToLiveInMinutes')).toEqual(wanted.map((each) => each.ttlMinutes.set));
    expect(numbers('maxEventsPerBatch')[0]).toBe(1);
  });
});

const calls: EventSubscription = {
  ...callSubscription,
  id: '/subscriptions/s/eventSubscriptions/relay-calls',
  destination: { endpointType: 'AzureFunction', resourceId: '/sites/relay/functions/relayCalls' },
};
const judge = (change: Partial<EventSubscription>) =>
  judgeSubscription({ ...calls, ...change }, wantedCallEvents, { storageId: '<storage>' });

describe('the judgement of an event subscription for calls', () => {
  it.each<[string, Partial<EventSubscription>]>([
    ['as it should be', {}],
    [
      'with the types that cost little',
      { eventTypes: [...wantedCallEvents.needed, ...wantedCallEvents.allowed] },
    ],
    ['with one event at a time', { destination: { ...calls.destination, maxEventsPerBatch: 1 } }],
    ['with the fewest tries and the shortest time', { maxDeliveryAttempts: 2, ttlMinutes: 1 }],
  ])('finds nothing wrong with one %s', (_what, change) => {
    expect(judge(change)).toEqual([]);
  });

  it.each([
    [1, 2, 'It tries 1 time within 2 minutes'],
    [4, 2, 'It tries 4 times within 2 minutes'],
    [3, 0, 'It tries 3 times within 0 minutes'],
    [3, 3, 'It tries 3 times within 3 minutes'],
  ])('does not take %i tries within %i minutes', (maxDeliveryAttempts, ttlMinutes, said) => {
    const problems = judge({ maxDeliveryAttempts, ttlMinutes });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.why).toBe(
      `${said}; a call rings for 30 s, so 2 to 3 tries within 1 to 2 minutes are right.`,
    );
  });

  it('does not take two events in one delivery, and leaves a webhook to the portal', () => {
    const why = 'It gathers up to 2 events for one delivery, so one that fails brings all of them again.';
    expect(judge({ destination: { ...calls.destination, maxEventsPerBatch: 2 } })).toEqual([
      {
        why,
        mend: `az rest --method patch --url '/subscriptions/s/eventSubscriptions/relay-calls?api-version=2022-06-15' --body '{"destination":{"endpointType":"AzureFunction","properties":{"resourceId":"/sites/relay/functions/relayCalls","maxEventsPerBatch":1}}}'`,
      },
    ]);
    expect(judge({ destination: { endpointType: 'WebHook', maxEventsPerBatch: 2 } })).toEqual([
      {
        why,
        mend: 'Azure portal, event subscription relay-calls, page "Additional features": turn batching off',
      },
    ]);
  });

  it('keeps the rest of a filter when it mends the types', () => {
    const filter = { subjectBeginsWith: '/phone/', includedEventTypes: [] };
    const [problem] = judge({ eventTypes: [], filter });
    expect(problem?.mend).toBe(
      `az rest --method patch --url '/subscriptions/s/eventSubscriptions/relay-calls?api-version=2022-06-15' --body '{"filter":{"subjectBeginsWith":"/phone/","includedEventTypes":["Microsoft.Communication.IncomingCall","Microsoft.Communication.CallParticipantAdded","Microsoft.Communication.CallEnded"]}}'`,
    );
  });
});

it('lets chat be gathered', () => {
  const chat = {
    ...calls,
    eventTypes: [...wantedChatEvents.needed],
    maxDeliveryAttempts: 30,
    ttlMinutes: 1440,
  };
  const destination = { ...chat.destination, maxEventsPerBatch: 10 };
  expect(judgeSubscription({ ...chat, destination }, wantedChatEvents, { storageId: '<storage>' })).toEqual(
    [],
  );
});
