import { describe, expect, it } from 'vitest';
import { textTable } from '../../../src/cli/terminal.ts';

describe('textTable', () => {
  it('makes every column as wide as its widest cell and leaves no blanks at line ends', () => {
    expect(
      textTable([
        ['a', 'bb', 'c'],
        ['aaa', 'b', ''],
      ]),
    ).toBe('a    bb  c\naaa  b\n');
  });

  it('is empty without rows', () => {
    expect(textTable([])).toBe('');
  });
});
