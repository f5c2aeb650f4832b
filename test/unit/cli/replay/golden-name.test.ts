import { describe, expect, it } from 'vitest';
import { goldenName } from '../../../../src/cli/replay/goldens.ts';

describe('goldenName', () => {
  it('puts the golden of a JSON recording beside it in name', () => {
    expect(goldenName('odd/caller-pstn.eventgrid.json')).toBe('odd/caller-pstn.eventgrid.golden.json');
  });

  it('keeps the ending of a text recording, so that a.txt and a.json have two goldens', () => {
    expect(goldenName('a.txt')).toBe('a.txt.golden.json');
    expect(goldenName('a.json')).toBe('a.golden.json');
  });
});
