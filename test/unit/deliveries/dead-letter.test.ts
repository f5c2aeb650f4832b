import { describe, expect, it } from 'vitest';
import {
  type DeadLetterSource,
  deadLetter,
  deadLetterName,
  makeDeadLetter,
} from '../../../src/deliveries/dead-letter.ts';

const timeMs = 1_795_391_999_999;
const identity = { source: '/Topics/ACS', id: 'e1', type: 'T' };
const event = { kind: 'text', text: 'oops', length: 4 } as const;

describe('deadLetterName', () => {
  it('files by day and reason, under the hash of the identity', () => {
    expect(deadLetterName({ reason: 'rejected', identity, event }, timeMs)).toBe(
      '2026/11/22/rejected/26d316caf280a01d3ab0b9b1478081f0.json',
    );
  });

  it('does not see the case of the source, nor the content', () => {
    const other = { reason: 'rejected', identity: { ...identity, source: '/topics/acs' } } as const;
    expect(deadLetterName({ ...other, event: { ...event, text: 'other' } }, timeMs)).toBe(
      deadLetterName({ reason: 'rejected', identity, event }, timeMs),
    );
  });

  it.each([{ source: '/b' }, { id: 'e2' }, { type: 'U' }])('differs for %o', (part) => {
    const other = { reason: 'rejected', identity: { ...identity, ...part }, event } as const;
    expect(deadLetterName(other, timeMs)).not.toBe(
      deadLetterName({ reason: 'rejected', identity, event }, timeMs),
    );
  });

  it('takes the content where there is no identity', () => {
    expect(deadLetterName({ reason: 'poison', event }, timeMs)).toBe(
      '2026/11/22/poison/83925802bd80911c2efac2678c898608.json',
    );
  });

  it('takes the content where two contents share the identity', () => {
    expect(deadLetterName({ reason: 'payload-changed', identity, event }, timeMs)).toBe(
      '2026/11/22/payload-changed/83925802bd80911c2efac2678c898608.json',
    );
  });
});

const source: DeadLetterSource = {
  reason: 'rejected',
  message: 'The hub refused the push with 400.',
  functionName: 'relayCalls',
  attempt: 2,
  atMs: 1_795_338_000_000,
  received: { kind: 'json', value: { id: 'e1', data: { text: 'hi', incomingCallContext: 'S3CRET' } } },
};

describe('makeDeadLetter', () => {
  it('takes over what is known, and no secret', () => {
    const letter = makeDeadLetter({
      ...source,
      code: 'EVENT_DATA_INVALID',
      identity: { source: '/topics/acs', id: 'e1', type: 'T' },
      eventTimeMs: 1_795_337_000_000,
      outcomes: new Map([
        ['a', 'rejected'],
        ['b', 'accepted'],
        ['c', 'rejected'],
      ]),
    });
    expect(letter).toStrictEqual({
      v: 1,
      reason: 'rejected',
      code: 'EVENT_DATA_INVALID',
      message: 'The hub refused the push with 400.',
      functionName: 'relayCalls',
      attempt: 2,
      atMs: 1_795_338_000_000,
      identity: { source: '/topics/acs', id: 'e1', type: 'T' },
      event: { kind: 'json', value: { id: 'e1', data: { text: 'hi' } } },
      outcomes: { rejected: 2, accepted: 1 },
    });
    expect(deadLetter.parse(JSON.parse(JSON.stringify(letter)))).toEqual(letter);
  });

  it('leaves out what is not known', () => {
    expect(makeDeadLetter(source)).toStrictEqual({
      v: 1,
      reason: 'rejected',
      message: 'The hub refused the push with 400.',
      functionName: 'relayCalls',
      attempt: 2,
      atMs: 1_795_338_000_000,
      event: { kind: 'json', value: { id: 'e1', data: { text: 'hi' } } },
      outcomes: {},
    });
  });

  it('cuts a message at 2,000 characters', () => {
    expect(makeDeadLetter({ ...source, message: 'm'.repeat(2_001) }).message).toBe('m'.repeat(2_000));
  });

  it('keeps the first 8,192 characters of what was no JSON, and its length', () => {
    const received = { kind: 'text', text: `{"cp":"S3CRET",${'x'.repeat(10_000)}` } as const;
    expect(makeDeadLetter({ ...source, received }).event).toEqual({
      kind: 'text',
      text: `{"cp":"",${'x'.repeat(8_183)}`,
      length: 10_015,
    });
  });

  it('removes a secret that the cut would have left half of', () => {
    const received = { kind: 'text', text: `${'x'.repeat(8_180)}{"cp":"S3CRET"}` } as const;
    expect(makeDeadLetter({ ...source, received }).event).toEqual({
      kind: 'text',
      text: `${'x'.repeat(8_180)}{"cp":""}`,
      length: 8_195,
    });
  });

  it('keeps an event of 1 MiB whole, and of a larger one the beginning', () => {
    const whole = 'x'.repeat(1_048_574);
    expect(makeDeadLetter({ ...source, received: { kind: 'json', value: whole } }).event).toEqual({
      kind: 'json',
      value: whole,
    });
    expect(makeDeadLetter({ ...source, received: { kind: 'json', value: `${whole}x` } }).event).toEqual({
      kind: 'text',
      text: `"${'x'.repeat(8_191)}`,
      length: 1_048_577,
    });
  });

  it('has an answer for nothing at all', () => {
    expect(makeDeadLetter({ ...source, received: { kind: 'json', value: undefined } }).event).toEqual({
      kind: 'text',
      text: '',
      length: 0,
    });
  });
});
