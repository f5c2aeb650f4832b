import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { dayDigits, parseIsoTime } from '../../../src/shared/time.ts';

describe('dayDigits', () => {
  it.each([
    ['the last millisecond of a day', 1_795_391_999_999, '20261122'],
    ['the first millisecond of the next', 1_795_392_000_000, '20261123'],
    ['the last millisecond of the 30th', 1_793_404_799_999, '20261030'],
    ['the first millisecond of the 31st', 1_793_404_800_000, '20261031'],
    ['the first supported moment', 0, '19700101'],
    ['a moment before that', -1, '19700101'],
    ['the last supported day', 253_402_214_400_000, '99991231'],
    ['a day after that', 253_402_300_800_000, '99991231'],
    ['a time beyond the range of Date', 9e15, '99991231'],
    ['a number far beyond that', 1e300, '99991231'],
  ])('formats or clamps %s', (_, timeMs, digits) => {
    expect(dayDigits(timeMs)).toBe(digits);
  });
});

describe('parseIsoTime', () => {
  it.each([
    ['2026-11-22T09:00:00Z', 1795338000000],
    ['2026-11-22T09:00Z', 1795338000000],
    ['2026-11-22T09:00:00.5z', 1795338000500],
    ['2026-11-22T09:00:00.12Z', 1795338000120],
    ['2026-11-22T09:00:00.559726Z', 1795338000559],
    ['2026-11-22T09:00:00.9436666Z', 1795338000943],
    ['2026-11-22T10:00:00.943+01:00', 1795338000943],
    ['2026-11-22T01:00:00-08:00', 1795338000000],
    ['2026-11-22T09:00:00+00:00', 1795338000000],
    ['2026-11-22T09:00:00', 1795338000000],
    ['2026-11-22T10:00:00+0100', 1795338000000],
  ])('parses %s', (text, timeMs) => {
    expect(parseIsoTime(text)).toBe(timeMs);
  });

  it.each(['Asia/Tokyo', 'America/Los_Angeles'])(
    'reads a time without an offset as UTC on a machine in %s',
    (zone) => {
      const program = `
      import { parseIsoTime } from '${new URL('../../../src/shared/time.ts', import.meta.url)}';
      process.stdout.write([new Date(1795338000000).getHours() === 9, parseIsoTime('2026-11-22T09:00:00')].join(' '));`;
      // The time zone is that of a whole process.
      const written = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
        encoding: 'utf8',
        env: { TZ: zone },
      });
      expect(written).toBe('false 1795338000000');
    },
  );

  it.each([
    '',
    'yesterday',
    '2026-11-22',
    '22/11/2026 09:00',
    '2026-13-45T09:00:00Z',
    '1795338000000',
    ' 2026-11-22T09:00:00Z',
    '2026-11-22T09:00:00Z.',
  ])('rejects %j', (text) => {
    expect(parseIsoTime(text)).toBeUndefined();
  });
});
