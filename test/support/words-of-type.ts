import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './source-files.ts';

/**
 * The literal texts in the declaration of a type, in order: how a guard compares a page with the code.
 *
 * @throws Error when the file declares no such type, so that a guard never compares with nothing
 */
export function wordsOfType(path: string, name: string): readonly string[] {
  const [, declaration] = readFileSync(join(repositoryRoot, path), 'utf8').split(`type ${name} =`);
  const [own = ''] = declaration?.split(/;\n(?:\n|$)/) ?? [];
  const words = [...own.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/'([a-z0-9-]+)'/g)];
  if (words.length === 0) throw new Error(`${path} declares no type ${name} of literal texts.`);
  return words.map(([, word = '']) => word);
}
