import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { inputUnusable } from '../input-unusable.ts';
import { goldenName } from './golden-name.ts';
import { goldenText } from './golden-text.ts';
import type { Replayed } from './replayed.ts';

/**
 * Writes the golden file of every recording and makes the folders they need. Other files stay as they are.
 *
 * @throws RelayError `INPUT_UNUSABLE` when the folder cannot be written to.
 */
export async function writeGoldens(results: readonly Replayed[], folder: string, cwd: string): Promise<void> {
  for (const replayed of results) {
    const path = resolve(cwd, folder, goldenName(replayed.name));
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, goldenText(replayed));
    } catch (error) {
      throw inputUnusable(`The folder of golden files ${folder} cannot be written to.`, error);
    }
  }
}
