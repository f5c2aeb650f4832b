import { describe, expect, it } from 'vitest';
import { parseDeadLetterBlob } from '../../../src/deliveries/dead-letter-store.ts';

const eventGridItem = {
  id: 'e1',
  topic: '/topics/acs',
  eventType: 'Microsoft.Communication.ChatMessageReceived',
  eventTime: '2026-11-20T10:15:02.9312345Z',
  dataVersion: '',
  data: { messageBody: 'hi', deliveryAttempts: 'part of the data' },
  deadLetterReason: 'MaxDeliveryAttemptsExceeded',
  deliveryAttempts: 2,
  lastDeliveryOutcome: 'NotFound',
  lastHttpStatusCode: 404,
  publishTime: '2026-11-20T10:15:03.1Z',
  lastDeliveryAttemptTime: '2026-11-20T10:15:33.4Z',
};
const eventGridEvent = {
  id: 'e1',
  topic: '/topics/acs',
  eventType: 'Microsoft.Communication.ChatMessageReceived',
  eventTime: '2026-11-20T10:15:02.9312345Z',
  dataVersion: '',
  data: { messageBody: 'hi', deliveryAttempts: 'part of the data' },
};
const cloudItem = {
  id: 'e2',
  source: '/topics/acs',
  type: 'Microsoft.Communication.CallEnded',
  specversion: '1.0',
  data: { correlationId: 'c1' },
  deadletterreason: 'TimeToLiveExceeded',
  deliveryattempts: 1,
  lastdeliveryoutcome: 'TimedOut',
  publishtime: '2026-11-20T09:00:00.4Z',
  lastdeliveryattempttime: '2026-11-20T09:01:00.4Z',
};
const cloudEvent = {
  id: 'e2',
  source: '/topics/acs',
  type: 'Microsoft.Communication.CallEnded',
  specversion: '1.0',
  data: { correlationId: 'c1' },
};
const own = {
  v: 1,
  reason: 'rejected',
  message: 'The hub refused the push.',
  functionName: 'relayChat',
  attempt: 3,
  atMs: 1_795_338_000_000,
  event: { kind: 'json', value: { id: 'e1' } },
  outcomes: { rejected: 1 },
};
const unusable = (why: string): unknown =>
  expect.objectContaining({
    code: 'INPUT_UNUSABLE',
    class: 'user',
    message: `The blob cannot be read as a dead letter of the relay or of Event Grid: ${why}. Name a blob that one of them wrote, unchanged.`,
  });

describe('parseDeadLetterBlob', () => {
  it('takes off what Event Grid added to an event in its own schema', () => {
    expect(parseDeadLetterBlob(JSON.stringify(eventGridItem))).toStrictEqual([
      {
        origin: 'event-grid',
        reason: 'MaxDeliveryAttemptsExceeded',
        code: 'NotFound',
        message: 'NotFound',
        attempt: 2,
        deadLetteredAtMs: 1_795_169_733_400,
        event: { kind: 'json', value: eventGridEvent },
      },
    ]);
  });

  it('takes off what Event Grid added to a CloudEvent, all in lower case', () => {
    expect(parseDeadLetterBlob(JSON.stringify([cloudItem]))).toStrictEqual([
      {
        origin: 'event-grid',
        reason: 'TimeToLiveExceeded',
        code: 'TimedOut',
        message: 'TimedOut',
        attempt: 1,
        deadLetteredAtMs: 1_795_165_260_400,
        event: { kind: 'json', value: cloudEvent },
      },
    ]);
  });

  it('reads all items of an array, in either schema', () => {
    const letters = parseDeadLetterBlob(JSON.stringify([cloudItem, eventGridItem]));
    expect(letters.map(({ event }) => event)).toEqual([
      { kind: 'json', value: cloudEvent },
      { kind: 'json', value: eventGridEvent },
    ]);
  });

  it('reads an empty array as no letters', () => {
    expect(parseDeadLetterBlob('[]')).toEqual([]);
  });

  it.each([
    ['missing', {}],
    ['no number', { deliveryAttempts: 'many' }],
    ['negative', { deliveryAttempts: -1 }],
    ['a fraction', { deliveryAttempts: 1.5 }],
  ])('counts attempts that are %s as none, and asks for no outcome', (_, attempts) => {
    const letters = parseDeadLetterBlob(JSON.stringify({ id: 'e1', deadLetterReason: 'R', ...attempts }));
    expect(letters).toMatchObject([{ reason: 'R', message: 'unknown', attempt: 0 }]);
  });

  it('reads attempts that are written as text', () => {
    const text = '{"deadLetterReason":"R","deliveryAttempts":"7"}';
    expect(parseDeadLetterBlob(text)).toMatchObject([{ attempt: 7 }]);
  });

  it('reads the letters of the relay itself', () => {
    expect(parseDeadLetterBlob(JSON.stringify(own))).toStrictEqual([
      {
        origin: 'relay',
        reason: 'rejected',
        message: 'The hub refused the push.',
        attempt: 3,
        deadLetteredAtMs: 1_795_338_000_000,
        functionName: 'relayChat',
        event: { kind: 'json', value: { id: 'e1' } },
        outcomes: { rejected: 1 },
      },
    ]);
    const identity = { source: '/s', id: 'e1', type: 'T' };
    expect(
      parseDeadLetterBlob(JSON.stringify({ ...own, code: 'EVENT_DATA_INVALID', identity })),
    ).toMatchObject([{ code: 'EVENT_DATA_INVALID', identity }]);
  });

  it.each([
    [
      { lastDeliveryAttemptTime: '2026-11-22T09:00:00.5Z', publishTime: '2026-11-22T08:00:00Z' },
      1_795_338_000_500,
    ],
    [{ lastdeliveryattempttime: '2026-11-22T09:00:00Z' }, 1_795_338_000_000],
    [{ publishTime: '2026-11-22T08:00:00Z' }, 1_795_334_400_000],
    [{ publishtime: 'yesterday' }, undefined],
    [{ publishtime: 7 }, undefined],
    [{}, undefined],
  ])("reads the time of Event Grid's last attempt from %j", (times, deadLetteredAtMs) => {
    const [event] = parseDeadLetterBlob(JSON.stringify({ ...times, deadLetterReason: 'R' }));
    expect(event?.deadLetteredAtMs).toBe(deadLetteredAtMs);
  });

  it('tells when a letter was redriven', () => {
    expect(parseDeadLetterBlob(JSON.stringify({ ...own, redrivenAtMs: 1_795_339_000_000 }))).toMatchObject([
      { origin: 'relay', redrivenAtMs: 1_795_339_000_000 },
    ]);
  });

  it('reads a blob with a byte order mark, and blanks around', () => {
    expect(parseDeadLetterBlob(`\uFEFF ${JSON.stringify(cloudItem)}\r\n`)).toHaveLength(1);
  });

  it.each([
    ['nothing', '', 'it is not JSON, or something follows the JSON'],
    [
      'trailing garbage',
      `${JSON.stringify(cloudItem)}S3CRET`,
      'it is not JSON, or something follows the JSON',
    ],
    ['a second document', `${JSON.stringify(own)}{}`, 'it is not JSON, or something follows the JSON'],
    ['a trailing comma', '{"deadletterreason":"R",}', 'it is not JSON, or something follows the JSON'],
    [
      'a truncated blob',
      JSON.stringify([cloudItem]).slice(0, -1),
      'it is not JSON, or something follows the JSON',
    ],
    ['a number', '7', 'item 0 is not a JSON object'],
    ['null', 'null', 'item 0 is not a JSON object'],
    ['an array in an array', '[[]]', 'item 0 is not a JSON object'],
    ['an event that was delivered', JSON.stringify(cloudEvent), 'item 0 has no dead-letter reason'],
    ['one such among others', JSON.stringify([cloudItem, cloudEvent]), 'item 1 has no dead-letter reason'],
    ['a reason that is no text', '{"deadLetterReason":7}', 'item 0 has no dead-letter reason'],
    ['a letter of a later version', JSON.stringify({ ...own, v: 2 }), 'item 0 has no dead-letter reason'],
  ])('refuses %s without quoting it', (_, text, why) => {
    expect(() => parseDeadLetterBlob(text)).toThrow(unusable(why));
  });

  it('has an answer for a million brackets', () => {
    expect(() => parseDeadLetterBlob('['.repeat(1_000_000))).toThrow(
      unusable('it is not JSON, or something follows the JSON'),
    );
    expect(() => parseDeadLetterBlob('['.repeat(100_000) + ']'.repeat(100_000))).toThrow(
      unusable('item 0 is not a JSON object'),
    );
  });
});
