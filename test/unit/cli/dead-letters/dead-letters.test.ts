import { describe, expect, it } from 'vitest';
import {
  readDeadLetter,
  safeTime,
  safeType,
  safeWord,
} from '../../../../src/cli/dead-letters/dead-letters.ts';
import { createDeadLetterStore } from '../../../../src/deliveries/dead-letter-store.ts';
import { RelayError } from '../../../../src/errors/errors.ts';
import { createMemoryBlobStore } from '../../../support/create-memory-blob-store.ts';

const own = {
  v: 1,
  reason: 'poison',
  code: 'EVENT_DATA_INVALID',
  message: 'm',
  functionName: 'relayChat',
  attempt: 3,
  atMs: 1_795_338_000_000,
  identity: { source: '/s', id: 'e-1', type: 'Microsoft.Communication.IncomingCall' },
  event: { kind: 'json', value: { eventTime: '2026-11-22T08:00:00Z' } },
  outcomes: { accepted: 1 },
};

async function read(name: string, text: string) {
  const blobs = createMemoryBlobStore();
  await blobs.put(name, text);
  return readDeadLetter(createDeadLetterStore({ blobs }), name);
}

describe('readDeadLetter', () => {
  it("adds the type and the time of the event to the relay's own", async () => {
    expect(await read('a.json', JSON.stringify(own))).toEqual({
      kind: 'readable',
      name: 'a.json',
      origin: 'relay',
      events: [
        {
          origin: 'relay',
          reason: 'poison',
          message: 'm',
          attempt: 3,
          event: own.event,
          code: 'EVENT_DATA_INVALID',
          functionName: 'relayChat',
          identity: own.identity,
          outcomes: { accepted: 1 },
          type: 'Microsoft.Communication.IncomingCall',
          happenedAtMs: 1_795_334_400_000,
          deadLetteredAtMs: 1_795_338_000_000,
        },
      ],
    });
  });

  it('finds neither type nor time in a text', async () => {
    const { identity: _, code: __, ...rest } = own;
    const deadLetter = await read(
      'a',
      JSON.stringify({ ...rest, event: { kind: 'text', text: 'x', length: 1 } }),
    );
    expect(deadLetter).toMatchObject({ events: [{ event: { kind: 'text' } }] });
    for (const key of ['type', 'happenedAtMs', 'code']) {
      expect(deadLetter).not.toHaveProperty(`events.0.${key}`);
    }
  });

  it('finds the type of a poison event and of a valid one', async () => {
    const event = {
      id: 'e',
      eventType: 'Microsoft.Communication.CallEnded',
      eventTime: '2026-11-22T08:00:00Z',
    };
    const good = { ...event, data: { correlationId: 'c', serverCallId: 's' } };
    const deadLetter = await read(
      'a',
      JSON.stringify([event, good].map((each) => ({ ...each, deadLetterReason: 'R' }))),
    );
    expect(deadLetter).toMatchObject({
      origin: 'event-grid',
      events: [
        { type: 'Microsoft.Communication.CallEnded', happenedAtMs: 1_795_334_400_000, code: 'unknown' },
        { type: 'Microsoft.Communication.CallEnded' },
      ],
    });
  });

  it('reads an empty array as a dead letter of Event Grid', async () => {
    expect(await read('a', '[]')).toEqual({ kind: 'readable', name: 'a', origin: 'event-grid', events: [] });
  });

  it('reports a missing blob and one that is not a dead letter', async () => {
    const blobs = createMemoryBlobStore();
    expect(await readDeadLetter(createDeadLetterStore({ blobs }), 'a')).toEqual({
      kind: 'missing',
      name: 'a',
    });
    expect(await read('a', '[1]')).toEqual({
      kind: 'unreadable',
      name: 'a',
      message:
        'The blob cannot be read as a dead letter of the relay or of Event Grid: item 0 is not a JSON object. Name a blob that one of them wrote, unchanged.',
    });
    expect(await read('a', `\uFEFF${JSON.stringify(own)}`)).toMatchObject({ origin: 'relay' });
  });

  it('throws when storage fails', async () => {
    const down = new RelayError({ code: 'STORAGE_UNAVAILABLE', class: 'provider', message: 'Down.' });
    await expect(readDeadLetter({ get: () => Promise.reject(down) }, 'a')).rejects.toBe(down);
  });
});

describe('safeWord', () => {
  it.each([
    ['MaxDeliveryAttemptsExceeded', 'MaxDeliveryAttemptsExceeded'],
    ['EVENT_NOT_JSON', 'EVENT_NOT_JSON'],
    ['retries-ended', 'retries-ended'],
    [undefined, '-'],
    ['', '-'],
    ['+46700000001', 'other'],
    ['Anna Svensson', 'other'],
    ['a\u001b[2J', 'other'],
    ['a'.repeat(60), 'a'.repeat(60)],
    ['a'.repeat(61), 'other'],
  ])('shows %j as %j', (text, shown) => {
    expect(safeWord(text)).toBe(shown);
  });
});

describe('safeType', () => {
  it.each([
    ['Microsoft.Communication.IncomingCall', 'IncomingCall'],
    ['Microsoft.Storage.BlobCreated', 'Microsoft.Storage.BlobCreated'],
    [undefined, '-'],
    ['Anna.Svensson', 'other'],
    ['Microsoft.+46700000001', 'other'],
    ['Microsoft', 'other'],
    ['Microsoft.A.B\n', 'other'],
  ])('shows %j as %j', (type, shown) => {
    expect(safeType(type)).toBe(shown);
  });
});

describe('safeTime', () => {
  it.each([
    [1_795_338_000_123, '2026-11-22T09:00:00Z'],
    [0, '1970-01-01T00:00:00Z'],
    [undefined, '-'],
    [Number.NaN, '-'],
    [9e15, '-'],
  ])('shows %j as %j', (timeMs, shown) => {
    expect(safeTime(timeMs)).toBe(shown);
  });
});
