import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wordsOfType } from '../../support/words-of-type.ts';
import { codeWords, readPage, root, tableRows } from './read-pages.ts';

const page = readPage('docs/doctor.md');
const names = wordsOfType('src/cli/doctor/finding.ts', 'CheckName');

describe('docs/doctor.md', () => {
  it('shows what the commands really print', () => {
    const shown = page.codeBlocks.filter(({ language }) => language === 'text');
    expect(shown).toHaveLength(5);
    for (const { lineBefore, text } of shown) {
      const [, command, name] = /^<!-- golden: (\w+)\/([a-z-]+) -->$/.exec(lineBefore) ?? [];
      const file = join(root, `test/contract/cli/${command}/goldens/${name}.txt`);
      expect(`${text}\n`).toBe(readFileSync(file, 'utf8'));
    }
  });

  it('has a row for every check', () => {
    expect(names).toHaveLength(13);
    const described = tableRows(page).flatMap(([cell = '']) => codeWords(cell));
    expect(names.filter((name) => !described.includes(name))).toEqual([]);
  });
});

describe('docs/troubleshooting.md', () => {
  it('has an entry for every check', () => {
    const words = codeWords(readPage('docs/troubleshooting.md').prose);
    // These fail only for a wrong id, and the finding says so.
    const self = ['acs', 'hub', 'blobs'];
    expect(names.filter((name) => !words.includes(name) && !self.includes(name))).toEqual([]);
  });
});
