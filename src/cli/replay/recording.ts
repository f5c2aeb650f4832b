import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import * as z from 'zod';
import { parseIsoTime } from '../../shared/time.ts';
import { inputUnusable } from '../io.ts';

/** One recorded delivery: a file that holds the body of one POST from Event Grid. */
export interface Recording {
  /** Where the file stands below the common folder of all recordings, with `/` between the parts on every system. */
  readonly name: string;
  /** The recorded body. */
  readonly text: string;
}

const timed = z.object({
  eventTime: z.string().optional().catch(undefined),
  time: z.string().optional().catch(undefined),
});

/**
 * Reads the recordings among files and folders: every file named as it is, and every `.json` and `.txt` file of a
 * folder and the folders in it, but no golden files. Each file comes once, in the order of its name.
 *
 * @param paths files and folders, relative to `cwd` or absolute
 * @throws RelayError `INPUT_UNUSABLE` when a path is missing or cannot be read, or when there is no recording at all.
 */
export async function findRecordings(paths: readonly string[], cwd: string): Promise<readonly Recording[]> {
  const roots: string[] = [];
  const files = new Set<string>();
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const isFolder = await readable(path, async () => (await stat(absolute)).isDirectory());
    roots.push(isFolder ? absolute : dirname(absolute));
    const found = isFolder ? await readable(path, () => listFolder(absolute)) : [absolute];
    for (const file of found) files.add(file);
  }
  if (files.size === 0) {
    throw inputUnusable(`There is no recording in ${paths.join(', ')}. Recordings are .json and .txt files.`);
  }
  const root = roots.reduce(commonFolder);
  const named = [...files].map((file) => ({ file, name: relative(root, file).split(sep).join('/') }));
  named.sort((a, b) => (a.name < b.name ? -1 : 1));
  return Promise.all(
    named.map(async ({ file, name }) => ({
      name,
      // A byte order mark tells how the file was saved and was never part of the delivery.
      text: (await readable(name, () => readFile(file, 'utf8'))).replace(/^\uFEFF/, ''),
    })),
  );
}

/**
 * When a recorded event says it happened, which is what the clock of its replay shows.
 *
 * @returns epoch milliseconds; 0 when it says nothing that can be read, as poison events may
 */
export function eventTime(value: unknown): number {
  const parsed = timed.safeParse(value);
  if (!parsed.success) return 0;
  return parseIsoTime(parsed.data.eventTime ?? parsed.data.time ?? '') ?? 0;
}

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw inputUnusable(missing ? `There is no file or folder ${path}.` : `${path} cannot be read.`, error);
  }
}

async function listFolder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(?:json|txt)$/i.test(entry.name))
    .filter((entry) => !entry.name.endsWith('.golden.json'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function commonFolder(one: string, other: string): string {
  let folder = one;
  while (relative(folder, other).split(sep)[0] === '..') folder = dirname(folder);
  return folder;
}
