import { describe, expect, it, vi } from 'vitest';
import { parseEventTime } from '../../../src/events/parse-event-time.ts';

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
    vi.stubEnv('TZ', zone);
    try {
      expect(new Date(1795338000000).getHours()).not.toBe(9);
      expect(parseEventTime('2026-11-22T09:00:00')).toBe(1795338000000);
    } finally {
      vi.unstubAllEnvs();
    }
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
