import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { counted, jsonText, printable, shellWord, textTable } from '../../../src/cli/terminal.ts';

describe('shellWord', () => {
  it('does not change a plain word', () => {
    expect(shellWord('/subscriptions/1/resourceGroups/clinic')).toBe(
      '/subscriptions/1/resourceGroups/clinic',
    );
  });

  it.each(['a b', "it's", '$(id)', '`id`', '"', '\\', '{"a":1}', '*', '', '~', '(eu)'])(
    'is the same text for a shell: %j',
    (text) => {
      expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
    },
  );
});

describe('textTable', () => {
  it('makes every column as wide as its widest cell, without trailing spaces', () => {
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

describe('printable', () => {
  it('keeps letters of every script and replaces what moves the cursor', () => {
    expect(printable('Åsa 李 a/b #1')).toBe('Åsa 李 a/b #1');
    expect(printable('a\nb\u001b[2Jc\u009bd\u202ee\ud800f\u2028g')).toBe('a?b?[2Jc?d?e?f?g');
  });
});

describe('jsonText', () => {
  it('escapes what moves the cursor or changes the writing direction, and parses to the same value', () => {
    const value = { text: 'a\u001b\u007f\u009b\u202e\u2028\u{e0001}Å' };
    expect(jsonText(value)).toBe('{"text":"a\\u001b\\u007f\\u009b\\u202e\\u2028\\udb40\\udc01Å"}');
    expect(JSON.parse(jsonText(value))).toEqual(value);
  });

  it('indents by the given number of spaces', () => {
    expect(jsonText({ a: 1 }, 2)).toBe('{\n  "a": 1\n}');
  });

  it('returns null for a value that JSON does not have', () => {
    expect(jsonText(undefined)).toBe('null');
  });
});

describe('counted', () => {
  it.each([
    [0, '0 pushes'],
    [1, '1 push'],
    [2, '2 pushes'],
  ])('counts %d', (count, text) => {
    expect(counted(count, 'push', 'pushes')).toBe(text);
  });
});
