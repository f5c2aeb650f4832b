import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { inputUnusable } from '../io.ts';

/** One recorded delivery: a file with the body of one POST from Event Grid. */
export interface Recording {
  /** Path below the common folder of all recordings, with `/` on every system. */
  readonly name: string;
  /** The recorded body. */
  readonly text: string;
}

/**
 * Reads recordings: every named file, and every `.json` and `.txt` file in a folder and its subfolders, except golden
 * files. Returns each file once, sorted by name.
 *
 * @param paths files and folders, relative to `cwd` or absolute
 * @throws RelayError `INPUT_UNUSABLE` when a path cannot be read, or when there are no recordings.
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
    throw inputUnusable(`No recordings in ${paths.join(', ')}. Recordings are .json and .txt files.`);
  }
  const root = roots.reduce(commonFolder);
  const named = [...files].map((file) => ({ file, name: relative(root, file).split(sep).join('/') }));
  named.sort((a, b) => (a.name < b.name ? -1 : 1));
  return Promise.all(
    named.map(async ({ file, name }) => ({
      name,
      // A byte order mark comes from the editor, not from the delivery.
      text: (await readable(name, () => readFile(file, 'utf8'))).replace(/^\uFEFF/, ''),
    })),
  );
}

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw inputUnusable(missing ? `No such file or folder: ${path}` : `Cannot read ${path}.`, error);
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
