import { describe, expect, it } from 'vitest';
import { parseNcrontab } from '../../../../src/local/functions-host/ncrontab.ts';

const next = (expression: string, after: string) =>
  new Date(parseNcrontab(expression)(Date.parse(after))).toISOString();

describe('parseNcrontab', () => {
  it.each([
    ['0 */5 * * * *', '2026-11-22T09:00:00Z', '2026-11-22T09:05:00.000Z'],
    ['0 */5 * * * *', '2026-11-22T09:04:59.999Z', '2026-11-22T09:05:00.000Z'],
    ['* * * * * *', '2026-11-22T09:00:00Z', '2026-11-22T09:00:01.000Z'],
    ['30 10 4 * * *', '2026-11-22T09:00:00Z', '2026-11-23T04:10:30.000Z'],
    ['0 0 4 * * *', '2026-12-31T04:00:00Z', '2027-01-01T04:00:00.000Z'],
    ['0 15,45 8-9 * * *', '2026-11-22T08:45:00Z', '2026-11-22T09:15:00.000Z'],
    ['0 5/20 * * * *', '2026-11-22T09:06:00Z', '2026-11-22T09:25:00.000Z'],
    ['0 10-30/10 * * * *', '2026-11-22T09:30:00Z', '2026-11-22T10:10:00.000Z'],
    ['0 0 0 29 2 *', '2026-11-22T09:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['0 0 0 1 jan *', '2026-11-22T09:00:00Z', '2027-01-01T00:00:00.000Z'],
    ['0 0 0 * * mon', '2026-11-22T09:00:00Z', '2026-11-23T00:00:00.000Z'],
    ['0 0 0 * * Mon-Fri', '2026-11-20T09:00:00Z', '2026-11-23T00:00:00.000Z'],
    ['0 0 0 * * 7', '2026-11-22T09:00:00Z', '2026-11-29T00:00:00.000Z'],
    ['0 0 0 13 * fri', '2026-11-22T09:00:00Z', '2027-08-13T00:00:00.000Z'],
  ])('%s fires after %s at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it.each([
    ['', 'expected six fields, found 1'],
    ['*/5 * * * *', 'expected six fields, found 5'],
    ['60 * * * * *', '"60" is not a valid second (0 to 59)'],
    ['0 0 24 * * *', '"24" is not a valid hour (0 to 23)'],
    ['0 0 0 0 * *', '"0" is not a valid day (1 to 31)'],
    ['0 30-10 * * * *', '"30-10" is not a valid minute (0 to 59)'],
    ['0 */0 * * * *', '"*/0" is not a valid minute (0 to 59)'],
    ['0 */x * * * *', '"*/x" is not a valid minute (0 to 59)'],
    ['0 1,,2 * * * *', '"" is not a valid minute (0 to 59)'],
    ['0 0 0 * foo *', '"foo" is not a valid month (1 to 12)'],
  ])('rejects "%s"', (expression, why) => {
    expect(() => parseNcrontab(expression)).toThrow(why);
  });

  it('rejects a date that never occurs', () => {
    expect(() => next('0 0 0 30 2 *', '2026-11-22T09:00:00Z')).toThrow('no day matches it');
  });
});
