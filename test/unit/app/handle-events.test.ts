import { describe, expect, it } from 'vitest';
import { handleWebhookBody, requireDelivered, startAttempt } from '../../../src/app/handle-events.ts';
import { RelayError } from '../../../src/errors/errors.ts';
import type { Attempt } from '../../../src/relay/attempt.ts';
import type { EventReport } from '../../../src/relay/event-report.ts';
import { bensRing } from '../../support/events.ts';
import { createRelayHarness, eventMs } from '../../support/relay-harness.ts';

const identity = { source: '/s', id: 'e', type: 'T' };
const one = { id: 1 };
const two = { id: 2 };
const lines: string[] = [];
const write = (line: string) => lines.push(line);
const invocation = {
  functionName: 'events',
  invocationId: 'i-1',
  debug: write,
  info: write,
  warn: write,
  error: write,
};

function open(
  judge: (event: unknown) => EventReport | Error | Promise<EventReport> = () => ({
    kind: 'ignored',
    identity,
    reason: 'foreign',
  }),
  clock: () => number = () => 1_000,
) {
  const handled: [unknown, string][] = [];
  const texts: string[] = [];
  const noEvents: [readonly unknown[], string][] = [];
  const relay = {
    handle: async (event: unknown, { owner }: Attempt) => {
      handled.push([event, owner]);
      const report = await judge(event);
      if (report instanceof Error) throw report;
      return report;
    },
    handleText: async (text: string): Promise<EventReport> => {
      texts.push(text);
      return { kind: 'ignored', identity, reason: 'foreign' };
    },
    handleNoEvents: async (values: readonly unknown[], why: string): Promise<EventReport> => {
      noEvents.push([values, why]);
      return { kind: 'ignored', identity, reason: 'foreign' };
    },
    end: async () => {},
  };
  return {
    handled,
    texts,
    noEvents,
    send: (body: unknown, text = '') => handleWebhookBody({ relay, clock }, body, text, invocation),
  };
}

describe('handleWebhookBody', () => {
  it('relays one event or each of an array, under an owner of its own', async () => {
    const { handled, send } = open();
    await send({ id: 1 });
    await send([{ id: 2 }, { id: 3 }]);
    expect(handled).toEqual([
      [{ id: 1 }, 'i-1'],
      [{ id: 2 }, 'i-1/0'],
      [{ id: 3 }, 'i-1/1'],
    ]);
  });

  it('hands over a text that is not JSON', async () => {
    const { handled, texts, send } = open();
    await send(undefined, '{"half":');
    expect(texts).toEqual(['{"half":']);
    expect(handled).toEqual([]);
  });

  it('relays the other events when one fails, and then fails', async () => {
    const failure = new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'down' });
    const { handled, send } = open((event) =>
      event === one ? failure : { kind: 'skipped', identity, reason: 'answered' },
    );
    await expect(send([one, two])).rejects.toBe(failure);
    expect(handled.map(([event]) => event)).toEqual([one, two]);
  });

  it('throws DELIVERY_INCOMPLETE when one event is not delivered', async () => {
    const { send } = open((event) =>
      event === one
        ? { kind: 'deferred', identity, reason: 'busy' }
        : { kind: 'ignored', identity, reason: 'foreign' },
    );
    await expect(send([one, two])).rejects.toMatchObject({ code: 'DELIVERY_INCOMPLETE' });
  });

  it('handles 50 events of a body at a time, those of calls first', async () => {
    let running = 0;
    let most = 0;
    const { handled, send } = open(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return { kind: 'ignored', identity, reason: 'foreign' };
    });
    const ring = { eventType: 'Microsoft.Communication.IncomingCall' };
    await send([...Array.from({ length: 200 }, (_, id) => ({ id })), ring]);
    expect(most).toBe(50);
    expect(handled).toHaveLength(201);
    expect(handled[0]).toEqual([ring, 'i-1/200']);
  });

  it('begins no event after its time is over, and then fails', async () => {
    let nowMs = 0;
    const { handled, send } = open(
      () => {
        nowMs += 1_000;
        return { kind: 'ignored', identity, reason: 'foreign' };
      },
      () => nowMs,
    );
    await expect(send(Array.from({ length: 60 }, (_, id) => ({ id })))).rejects.toMatchObject({
      message:
        '35 of 60 events have not reached every device yet. Event Grid redelivers them; completed pushes are not repeated.',
    });
    expect(handled).toHaveLength(25);
  });

  it('hands elements that are no objects over together, once, and handles the events beside them', async () => {
    const { handled, noEvents, send } = open();
    await send([1, { id: 2 }, null, 'three', [4]]);
    expect(noEvents).toEqual([[[1, null, 'three', [4]], 'they are no JSON objects']]);
    expect(handled).toEqual([[{ id: 2 }, 'i-1/1']]);
  });

  it('hands a body of more than 5,000 elements over once, whole', async () => {
    const { handled, noEvents, send } = open();
    const body = Array.from({ length: 5_001 }, () => ({}));
    await send(body);
    expect(noEvents).toEqual([[body, 'a delivery of Event Grid has at most 5000 events']]);
    expect(handled).toEqual([]);
    await send(body.slice(1));
    expect(handled).toHaveLength(5_000);
  });
});

it('10,000 numbers in one body are one dead letter, and a ring beside them rings', async () => {
  const harness = createRelayHarness({ nowMs: eventMs });
  const numbers = Array.from({ length: 10_000 }, (_, index) => index);
  const send = (body: unknown) => handleWebhookBody(harness, body, '', invocation);
  await Promise.all([send(numbers), send([bensRing])]);
  await send([1, 2, bensRing, 3]);
  expect(harness.letters).toMatchObject([
    {
      reason: 'poison',
      code: 'EVENT_NOT_AN_EVENT',
      message:
        '10000 values of a body are not events: a delivery of Event Grid has at most 5000 events. Send events as Event Grid delivers them.',
      received: { kind: 'json', value: numbers },
    },
    { reason: 'poison', received: { kind: 'json', value: [1, 2, 3] } },
  ]);
  expect(harness.seen()).toEqual(['alert fcm- incoming-call', 'voip bbbb incoming-call']);
});

it('startAttempt gives an invocation 25 seconds and its own logger', () => {
  const attempt = startAttempt(invocation, () => 1_000);
  expect(attempt).toMatchObject({ functionName: 'events', owner: 'i-1', budgetEndsMs: 26_000 });
  lines.length = 0;
  attempt.log('warn', 'something', { n: 1 });
  expect(lines).toEqual(['{"event":"something","n":1}']);
});

const done: readonly EventReport[] = [
  { kind: 'pushed', identity, pushes: [], settled: true },
  { kind: 'skipped', identity, reason: 'no-devices' },
  { kind: 'ignored', identity, reason: 'foreign' },
  { kind: 'poison', error: new RelayError({ code: 'EVENT_NOT_JSON', class: 'user', message: 'x' }) },
];

it('requireDelivered accepts reports of events that are done', () => {
  expect(() => requireDelivered(done)).not.toThrow();
  expect(() => requireDelivered([])).not.toThrow();
});

it.each<EventReport>([
  { kind: 'pushed', identity, pushes: [], settled: false },
  { kind: 'deferred', identity, reason: 'busy' },
])('requireDelivered throws DELIVERY_INCOMPLETE for a report that is $kind', (open) => {
  expect(() => requireDelivered([...done, open])).toThrow(
    expect.objectContaining({
      code: 'DELIVERY_INCOMPLETE',
      class: 'provider',
      message:
        '1 of 5 events have not reached every device yet. Event Grid redelivers them; completed pushes are not repeated.',
    }),
  );
});
