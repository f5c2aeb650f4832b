import { describe, expect, it } from 'vitest';
import { eventTime } from '../../../../src/cli/replay/recording.ts';

describe('eventTime', () => {
  it.each([
    [{ eventTime: '2026-11-20T09:00:00.1234567Z' }, 1795165200123],
    [{ time: '2026-11-20T01:00:00.12-08:00' }, 1795165200120],
    [{ eventTime: 7, time: '2026-11-20T09:00:00Z' }, 1795165200000],
    [{ eventTime: 'yesterday' }, 0],
    [{}, 0],
    ['text', 0],
    [null, 0],
  ])('%j', (value, timeMs) => {
    expect(eventTime(value)).toBe(timeMs);
  });
});
