import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseEventTime } from '../../../src/events/envelope.ts';

describe('parseEventTime', () => {
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
  ])('%s', (text, timeMs) => {
    expect(parseEventTime(text)).toBe(timeMs);
  });

  it.each(['Asia/Tokyo', 'America/Los_Angeles'])('without an offset is UTC on a machine in %s', (zone) => {
    const program = `
      import { parseEventTime } from '${new URL('../../../src/events/envelope.ts', import.meta.url)}';
      process.stdout.write([new Date(1795338000000).getHours() === 9, parseEventTime('2026-11-22T09:00:00')].join(' '));`;
    // A time zone is one of a whole process.
    const written = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
      env: { TZ: zone },
    });
    expect(written).toBe('false 1795338000000');
  });

  it.each([
    '',
    'yesterday',
    '2026-11-22',
    '22/11/2026 09:00',
    '2026-13-45T09:00:00Z',
    '1795338000000',
    ' 2026-11-22T09:00:00Z',
    '2026-11-22T09:00:00Z.',
  ])('refuses %j', (text) => {
    expect(parseEventTime(text)).toBeUndefined();
  });
});
