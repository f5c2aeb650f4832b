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
  it('have exactly the types that can become a push', () => {
    const needed = [...wantedCallEvents.needed, ...wantedChatEvents.needed].sort();
    expect(needed).toEqual(pushed.filter((type) => !retired.test(type)).sort());
    expect(needed).toHaveLength(11);
  });

  it('also allow the other call events, and the retired names of chat events', () => {
    expect([...wantedCallEvents.allowed].sort()).toEqual(
      Object.entries(eventTypes)
        .filter(([, disposition]) => disposition === 'call-progress')
        .map(([type]) => type)
        .sort(),
    );
    expect([...wantedChatEvents.allowed].sort()).toEqual(pushed.filter((type) => retired.test(type)).sort());
  });

  it('match what infra/ deploys', () => {
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

describe('judgeSubscription, for calls', () => {
  it.each<[string, Partial<EventSubscription>]>([
    ['as recommended', {}],
    ['with the allowed types', { eventTypes: [...wantedCallEvents.needed, ...wantedCallEvents.allowed] }],
    ['with one event at a time', { destination: { ...calls.destination, maxEventsPerBatch: 1 } }],
    ['with the fewest attempts and the shortest time', { maxDeliveryAttempts: 5, ttlMinutes: 60 }],
  ])('finds no problem in one %s', (_what, change) => {
    expect(judge(change)).toEqual([]);
  });

  it.each([
    [3, 2, 'It makes 3 attempts within 2 minutes'],
    [1, 1440, 'It makes 1 attempt within 1440 minutes'],
    [4, 1440, 'It makes 4 attempts within 1440 minutes'],
    [30, 59, 'It makes 30 attempts within 59 minutes'],
  ])('reports %i attempts within %i minutes, and what is lost', (maxDeliveryAttempts, ttlMinutes, why) => {
    expect(judge({ maxDeliveryAttempts, ttlMinutes })).toEqual([
      {
        why: `${why}. If the last one fails because the hub or the app is down, nobody learns of the call. Since a late ring becomes a missed call by itself, it should make 5 to 30 attempts within 60 to 1440 minutes.`,
        fix: `az rest --method patch --url '/subscriptions/s/eventSubscriptions/relay-calls?api-version=2022-06-15' --body '{"retryPolicy":{"maxDeliveryAttempts":30,"eventTimeToLiveInMinutes":1440}}'`,
      },
    ]);
  });

  it('reports batching, and leaves a webhook to the portal', () => {
    const why = 'It batches up to 2 events per delivery, so one failed event redelivers the whole batch.';
    expect(judge({ destination: { ...calls.destination, maxEventsPerBatch: 2 } })).toEqual([
      {
        why,
        fix: `az rest --method patch --url '/subscriptions/s/eventSubscriptions/relay-calls?api-version=2022-06-15' --body '{"destination":{"endpointType":"AzureFunction","properties":{"resourceId":"/sites/relay/functions/relayCalls","maxEventsPerBatch":1}}}'`,
      },
    ]);
    expect(judge({ destination: { endpointType: 'WebHook', maxEventsPerBatch: 2 } })).toEqual([
      {
        why,
        fix: 'Azure portal, event subscription relay-calls, page "Additional features": turn batching off',
      },
    ]);
  });

  it('keeps the rest of a filter when it fixes the types', () => {
    const filter = { subjectBeginsWith: '/phone/', includedEventTypes: [] };
    const [problem] = judge({ eventTypes: [], filter });
    expect(problem?.fix).toBe(
      `az rest --method patch --url '/subscriptions/s/eventSubscriptions/relay-calls?api-version=2022-06-15' --body '{"filter":{"subjectBeginsWith":"/phone/","includedEventTypes":["Microsoft.Communication.IncomingCall","Microsoft.Communication.CallParticipantAdded","Microsoft.Communication.CallEnded"]}}'`,
    );
  });
});

it('judgeSubscription allows batches of chat events', () => {
  const chat = { ...calls, eventTypes: [...wantedChatEvents.needed] };
  const destination = { ...chat.destination, maxEventsPerBatch: 10 };
  expect(judgeSubscription({ ...chat, destination }, wantedChatEvents, { storageId: '<storage>' })).toEqual(
    [],
  );
});
