import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/shared/json.ts';

describe('parseJson', () => {
  it('returns the value', () => {
    expect(parseJson('{"a":[1,null]}')).toEqual({ a: [1, null] });
  });

  it.each(['', '{"a":1}x', '{"a":1,}', 'undefined'])('returns undefined for %j', (text) => {
    expect(parseJson(text)).toBeUndefined();
  });
});
