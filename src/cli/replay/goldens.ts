import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { inputUnusable } from '../io.ts';
import type { Replayed } from './replayed.ts';

/** A recording compared with its golden file. */
export type Comparison =
  | { readonly kind: 'same'; readonly name: string }
  /** `diff` is a unified diff from the golden file to the current result. */
  | { readonly kind: 'different'; readonly name: string; readonly diff: string }
  | { readonly kind: 'missing'; readonly name: string };

/**
 * Compares results with their golden files. Line endings do not matter, since Git may change them.
 *
 * @param folder folder of the golden files, relative to `cwd` or absolute
 */
export async function compareWithGoldens(
  results: readonly Replayed[],
  folder: string,
  cwd: string,
): Promise<readonly Comparison[]> {
  return Promise.all(results.map((replayed) => compare(replayed, resolve(cwd, folder))));
}

/**
 * Writes the golden file of every recording, and creates missing folders. Other files stay unchanged.
 *
 * @throws RelayError `INPUT_UNUSABLE` when the folder is not writable.
 */
export async function writeGoldens(results: readonly Replayed[], folder: string, cwd: string): Promise<void> {
  for (const replayed of results) {
    const path = resolve(cwd, folder, goldenName(replayed.name));
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, goldenText(replayed));
    } catch (error) {
      throw inputUnusable(`Cannot write to the folder of golden files ${folder}.`, error);
    }
  }
}

/** Path of a golden file below the folder of golden files, with `/` on every system. */
export function goldenName(recordingName: string): string {
  return `${recordingName.replace(/\.json$/, '')}.golden.json`;
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

/** The text of a golden file: each event of the recording with its exact pushes. Byte-stable. */
function goldenText({ name, events }: Replayed): string {
  return `${JSON.stringify({ recording: name, events }, undefined, 2)}\n`;
}
