import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shellWord } from '../../../src/cli/terminal.ts';

describe('shellWord', () => {
  it('leaves alone what is one word already', () => {
    expect(shellWord('/subscriptions/1/resourceGroups/clinic')).toBe(
      '/subscriptions/1/resourceGroups/clinic',
    );
  });

  it.each(['a b', "it's", '$(id)', '`id`', '"', '\\', '{"a":1}', '*', '', '~', '(eu)'])(
    'is the same text to a shell: %j',
    (text) => {
      expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
    },
  );
});
