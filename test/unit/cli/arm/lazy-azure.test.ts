import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../..');

it('imports the Azure identity and ARM packages only dynamically', () => {
  const early = globSync('src/cli/**/*.ts', { cwd: root }).flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .filter((line) => /^(?:import|export) (?!type).*from '@azure\/(?:arm-|identity)/.test(line))
      .map((line) => `${path}: ${line}`),
  );
  expect(early).toEqual([]);
});
