import { describe, expect, it } from 'vitest';
import { boundedText } from '../../../src/shared/schema.ts';

describe('boundedText', () => {
  it.each(['a', 'abc'])('accepts %j, whose length is within the bounds', (value) => {
    expect(boundedText(1, 3).safeParse(value).success).toBe(true);
  });

  it.each(['', 'abcd', 7, null, { length: { toString: null } }, { length: 2 }])(
    'rejects %j, which is no text within the bounds',
    (value) => {
      expect(boundedText(1, 3).safeParse(value).success).toBe(false);
    },
  );
});
