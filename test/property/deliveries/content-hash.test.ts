import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../../src/deliveries/call-secrets.ts';

const two = (value: number) => String(value).padStart(2, '0');

/** A moment in ticks of 100 ns since 1970, written as a date of some form. */
const written = fc
  .record({
    ms: fc.integer({ min: Date.UTC(1000, 0, 2), max: Date.UTC(9999, 11, 30) }),
    ticks: fc.integer({ min: 0, max: 9_999 }),
    digits: fc.integer({ min: 0, max: 7 }),
    zone: fc.constantFrom('Z', '+00:00', '+02:00', '-0800', '+0530', '-11'),
  })
  .map(({ ms, ticks, digits, zone }) => {
    const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
    const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
    const local = new Date(ms + offsetMs).toISOString();
    const fraction = `${local.slice(20, 23)}${String(ticks).padStart(4, '0')}`.slice(0, digits);
    return `${local.slice(0, 19)}${fraction === '' ? '' : `.${fraction}`}${zone}`;
  });

/**
 * What the Event Grid trigger of the real Functions host makes of a text: Newtonsoft.Json reads it as a date and prints it
 * in UTC, without the zeros at its end; a half of a surrogate pair becomes U+FFFD.
 */
function throughTheTrigger(text: string): string {
  const [, ms] = /^\/Date\((-?\d+)\)\/$/.exec(text) ?? [];
  if (ms !== undefined) return new Date(Number(ms)).toISOString().replace(/\.?0*Z$/, 'Z');
  const [, moment, fraction = '', zone] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d:?(?:\d\d)?)$/.exec(text) ?? [];
  if (moment === undefined || zone === undefined) return text.toWellFormed();
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const utc = new Date(Date.parse(`${moment}Z`) - offsetMs);
  const trimmed = fraction.replace(/0+$/, '');
  const date = [utc.getUTCFullYear(), two(utc.getUTCMonth() + 1), two(utc.getUTCDate())].join('-');
  const time = [two(utc.getUTCHours()), two(utc.getUTCMinutes()), two(utc.getUTCSeconds())].join(':');
  return `${date}T${time}${trimmed === '' ? '' : `.${trimmed}`}${zone === 'Z' ? 'Z' : '+00:00'}`;
}

const microsoft = fc.integer({ min: 0, max: 4e12 }).map((ms) => `/Date(${ms})/`);
const text = fc.oneof(written, microsoft, fc.string({ unit: 'binary' }));

describe('contentHash of any two events', () => {
  it('is the same for an event that came through the trigger and one that did not', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'composeTime'), text), (data) => {
        const entries = Object.entries(data).map(([key, value]) => [key, throughTheTrigger(value)]);
        expect(contentHash(Object.fromEntries(entries))).toBe(contentHash(data));
      }),
      { numRuns: 2_000 },
    );
  });

  it('differs when a moment differs by a tick', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_998 }), (tick) => {
        const at = (ticks: number) => `2026-11-20T09:00:00.${String(ticks).padStart(7, '0')}Z`;
        expect(contentHash({ at: at(tick) })).not.toBe(contentHash({ at: at(tick + 1) }));
      }),
    );
  });
});
