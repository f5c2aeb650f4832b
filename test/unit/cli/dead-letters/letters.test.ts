import { describe, expect, it } from 'vitest';
import { readLetter } from '../../../../src/cli/dead-letters/letters.ts';

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

describe('readLetter', () => {
  it("reads the relay's own letter with what its store leaves out", () => {
    expect(readLetter('a.json', JSON.stringify(own))).toEqual({
      kind: 'letter',
      name: 'a.json',
      origin: 'relay',
      stored: own,
      events: [
        {
          origin: 'relay',
          reason: 'poison',
          message: 'm',
          attempt: 3,
          event: own.event,
          code: 'EVENT_DATA_INVALID',
          type: 'Microsoft.Communication.IncomingCall',
          happenedAtMs: 1_795_334_400_000,
          deadLetteredAtMs: 1_795_338_000_000,
        },
      ],
    });
  });

  it('knows of a text neither type nor time', () => {
    const { identity: _, code: __, ...rest } = own;
    const letter = readLetter(
      'a',
      JSON.stringify({ ...rest, event: { kind: 'text', text: 'x', length: 1 } }),
    );
    expect(letter).toMatchObject({ events: [{ event: { kind: 'text' } }] });
    for (const key of ['type', 'happenedAtMs', 'code']) {
      expect(letter).not.toHaveProperty(`events.0.${key}`);
    }
  });

  it('knows the type of an event that is poison, and of one that is good', () => {
    const event = {
      id: 'e',
      eventType: 'Microsoft.Communication.CallEnded',
      eventTime: '2026-11-22T08:00:00Z',
    };
    const good = { ...event, data: { correlationId: 'c', serverCallId: 's' } };
    const letter = readLetter(
      'a',
      JSON.stringify([event, good].map((each) => ({ ...each, deadLetterReason: 'R' }))),
    );
    expect(letter).toMatchObject({
      origin: 'event-grid',
      events: [
        { type: 'Microsoft.Communication.CallEnded', happenedAtMs: 1_795_334_400_000, code: 'unknown' },
        { type: 'Microsoft.Communication.CallEnded' },
      ],
    });
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
  ])("finds the time of Event Grid's last try in %j", (times, deadLetteredAtMs) => {
    const letter = readLetter('a', JSON.stringify({ ...times, deadLetterReason: 'R' }));
    expect(letter.kind === 'letter' && letter.events[0]?.deadLetteredAtMs).toBe(deadLetteredAtMs);
    expect(letter).not.toHaveProperty('stored');
  });

  it('tells what is missing and what is no letter', () => {
    expect(readLetter('a', undefined)).toEqual({ kind: 'missing', name: 'a' });
    expect(readLetter('a', '[1]')).toEqual({
      kind: 'unreadable',
      name: 'a',
      message:
        'The blob cannot be read as a dead letter of the relay or of Event Grid: item 0 is not a JSON object. Name a blob that one of them wrote, unchanged.',
    });
    expect(readLetter('a', `\uFEFF${JSON.stringify(own)}`)).toMatchObject({ origin: 'relay' });
  });
});
