import { describe, expect, it } from 'vitest';
import { deadLetterName } from '../../../src/deliveries/dead-letter.ts';

const dayMs = 1_795_391_999_999;
const identity = { source: '/Topics/ACS', id: 'e1', type: 'T' };
const event = { kind: 'text', text: 'oops', length: 4 } as const;

describe('deadLetterName', () => {
  it('files by day and reason, under the hash of the identity', () => {
    expect(deadLetterName({ reason: 'rejected', identity, event }, dayMs)).toBe(
      '2026/11/22/rejected/26d316caf280a01d3ab0b9b1478081f0.json',
    );
  });

  it('does not see the case of the source, nor the content', () => {
    const other = { reason: 'rejected', identity: { ...identity, source: '/topics/acs' } } as const;
    expect(deadLetterName({ ...other, event: { ...event, text: 'other' } }, dayMs)).toBe(
      deadLetterName({ reason: 'rejected', identity, event }, dayMs),
    );
  });

  it.each([{ source: '/b' }, { id: 'e2' }, { type: 'U' }])('differs for %o', (part) => {
    const other = { reason: 'rejected', identity: { ...identity, ...part }, event } as const;
    expect(deadLetterName(other, dayMs)).not.toBe(
      deadLetterName({ reason: 'rejected', identity, event }, dayMs),
    );
  });

  it('takes the content where there is no identity', () => {
    expect(deadLetterName({ reason: 'poison', event }, dayMs)).toBe(
      '2026/11/22/poison/83925802bd80911c2efac2678c898608.json',
    );
  });

  it('takes the content where two contents share the identity', () => {
    expect(deadLetterName({ reason: 'payload-changed', identity, event }, dayMs)).toBe(
      '2026/11/22/payload-changed/83925802bd80911c2efac2678c898608.json',
    );
  });
});
