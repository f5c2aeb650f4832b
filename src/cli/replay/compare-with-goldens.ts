import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { goldenName } from './golden-name.ts';
import { goldenText } from './golden-text.ts';
import type { Replayed } from './replayed.ts';

/** How one recording stands to its golden file. */
export type Comparison =
  | { readonly kind: 'same'; readonly name: string }
  /** `diff` is a unified diff from the golden file to what the recording became now. */
  | { readonly kind: 'different'; readonly name: string; readonly diff: string }
  | { readonly kind: 'missing'; readonly name: string };

/**
 * Compares what recordings became with their golden files. Line ends do not matter, since Git may change them.
 *
 * @param folder - folder of the golden files, relative to `cwd` or absolute
 */
export async function compareWithGoldens(
  results: readonly Replayed[],
  folder: string,
  cwd: string,
): Promise<readonly Comparison[]> {
  return Promise.all(results.map((replayed) => compare(replayed, resolve(cwd, folder))));
}

async function compare(replayed: Replayed, folder: string): Promise<Comparison> {
  const golden = goldenName(replayed.name);
  const expected = await readGolden(join(folder, golden));
  if (expected === undefined) return { kind: 'missing', name: replayed.name };
  const actual = goldenText(replayed);
  if (actual === expected) return { kind: 'same', name: replayed.name };
  const diff = createTwoFilesPatch(`golden/${golden}`, `now/${golden}`, expected, actual, '', '', {
    context: 3,
  });
  return { kind: 'different', name: replayed.name, diff };
}

async function readGolden(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
