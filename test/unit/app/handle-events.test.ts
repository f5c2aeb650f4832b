import { describe, expect, it } from 'vitest';
import { handleWebhookBody, requireDelivered, startAttempt } from '../../../src/app/handle-events.ts';
import { RelayError } from '../../../src/errors/errors.ts';
import type { Attempt } from '../../../src/relay/attempt.ts';
import type { EventReport } from '../../../src/relay/event-report.ts';

const identity = { source: '/s', id: 'e', type: 'T' };
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
  judge: (event: unknown) => EventReport | Error = () => ({ kind: 'ignored', identity, reason: 'foreign' }),
) {
  const handled: [unknown, string][] = [];
  const texts: string[] = [];
  const relay = {
    handle: async (event: unknown, { owner }: Attempt) => {
      handled.push([event, owner]);
      const report = judge(event);
      if (report instanceof Error) throw report;
      return report;
    },
    handleText: async (text: string): Promise<EventReport> => {
      texts.push(text);
      return { kind: 'ignored', identity, reason: 'foreign' };
    },
  };
  return {
    handled,
    texts,
    send: (body: unknown, text = '') =>
      handleWebhookBody({ relay, clock: () => 1_000 }, body, text, invocation),
  };
}

describe('handleWebhookBody', () => {
  it('relays one event or each of an array, under an owner of its own', async () => {
    const { handled, send } = open();
    await send({ id: 1 });
    await send([{ id: 2 }, null]);
    expect(handled).toEqual([
      [{ id: 1 }, 'i-1/0'],
      [{ id: 2 }, 'i-1/0'],
      [null, 'i-1/1'],
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
      event === 1 ? failure : { kind: 'skipped', identity, reason: 'answered' },
    );
    await expect(send([1, 2])).rejects.toBe(failure);
    expect(handled.map(([event]) => event)).toEqual([1, 2]);
  });

  it('throws DELIVERY_INCOMPLETE when one event is not delivered', async () => {
    const { send } = open((event) =>
      event === 1
        ? { kind: 'deferred', identity, reason: 'busy' }
        : { kind: 'ignored', identity, reason: 'foreign' },
    );
    await expect(send([1, 2])).rejects.toMatchObject({ code: 'DELIVERY_INCOMPLETE' });
  });
});

it('startAttempt gives an invocation 25 seconds and its own logger', () => {
  const attempt = startAttempt(invocation, () => 1_000);
  expect(attempt).toMatchObject({ functionName: 'events', owner: 'i-1', budgetEndsMs: 26_000 });
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
