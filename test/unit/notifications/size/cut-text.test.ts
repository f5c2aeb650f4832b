import { expect, it } from 'vitest';
import { cutText } from '../../../../src/notifications/fit-body.ts';

const family = '👩‍👩‍👧‍👦';

it.each([
  ['abc', 3, 'abc'],
  ['abc', 4, 'abc'],
  ['abc', 2, 'ab…'],
  ['abc', 0, '…'],
  ['', 0, ''],
  [`a${family}b`, 2, `a${family}…`],
  [`a${family}b`, 1, 'a…'],
  ['e\u0301e\u0301', 1, 'e\u0301…'],
  ['🇸🇪🇳🇱', 1, '🇸🇪…'],
  ['क्षि', 1, 'क्षि'],
])('%j to %i', (text, graphemes, cut) => {
  expect(cutText(text, graphemes)).toBe(cut);
});

it('leaves a grapheme out that is longer than the window it looks at', () => {
  expect(cutText(`ab${'\u0301'.repeat(10_000)}`, 3)).toBe('a…');
});
