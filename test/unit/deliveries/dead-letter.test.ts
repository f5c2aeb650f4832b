import { describe, expect, it } from 'vitest';
import {
  type DeadLetterSource,
  deadLetter,
  deadLetterName,
  makeDeadLetter,
} from '../../../src/deliveries/dead-letter.ts';

const dayMs = 1_795_391_999_999;
const text = { kind: 'text', text: 'oops' } as const;
const json = (value: unknown) => ({ kind: 'json', value }) as const;
const poison = (received: DeadLetterSource['received']) =>
  deadLetterName({ reason: 'poison', received }, dayMs);

describe('deadLetterName', () => {
  it('files by day and reason, under the hash of what was received', () => {
    expect(
      deadLetterName({ reason: 'rejected', received: json({ id: 'e1', data: { text: 'hi' } }) }, dayMs),
    ).toBe('2026/11/22/rejected/68fe482ae34ef7ae67a185f7898b8345.json');
    expect(poison(text)).toBe('2026/11/22/poison/9ffa4b246a19488ac90b742dc4c52cc5.json');
  });

  it('differs for two poison letters of one id and type: they do not overwrite each other', () => {
    const event = { id: 'e1', topic: '/topics/acs', eventType: 'T', data: {} };
    const names = [
      json(event),
      json({ ...event, data: { to: 1 } }),
      json({ ...event, eventTime: 'never' }),
      json([event]),
      json(JSON.stringify(event)),
      { kind: 'text', text: JSON.stringify(event) } as const,
    ].map(poison);
    expect(new Set(names).size).toBe(6);
  });

  it('differs for texts that differ only after what a letter keeps of them', () => {
    const long = 'x'.repeat(10_000);
    expect(poison({ kind: 'text', text: `${long}a` })).not.toBe(poison({ kind: 'text', text: `${long}b` }));
    const huge = 'x'.repeat(1_048_577);
    expect(poison(json(`${huge}a`))).not.toBe(poison(json(`${huge}b`)));
  });

  it('is the same for one letter that came twice, by the trigger and by the webhook, and for its redrive', () => {
    const byWebhook = {
      id: 'e1',
      eventTime: '2026-11-22T09:00:00.120Z',
      data: { incomingCallContext: 'S3CRET', text: 'hi' },
    };
    const byTrigger = {
      data: { text: 'hi', incomingCallContext: 'S3CRET' },
      eventTime: '2026-11-22T09:00:00.12Z',
      id: 'e1',
    };
    const redriven = { id: 'e1', eventTime: '2026-11-22T09:00:00.120Z', data: { text: 'hi' } };
    expect(poison(json(byTrigger))).toBe(poison(json(byWebhook)));
    expect(poison(json(redriven))).toBe(poison(json(byWebhook)));
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
