import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One TypeScript file of the product, as the guards of the architecture see it. */
export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  /** Its folder below `src`, or the folder of the root that it lies in. */
  readonly room: string;
  readonly text: string;
}

/** The root of the repository. */
export const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Reads every TypeScript file that a pattern finds, in alphabetical order. */
export function readSourceFiles(pattern: string): readonly SourceFile[] {
  return globSync(pattern, { cwd: repositoryRoot, exclude: ['**/node_modules/**'] })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => sourceFile(path, readFileSync(join(repositoryRoot, path), 'utf8')));
}

/** Makes a source file of a path and a text. */
export function sourceFile(path: string, text: string): SourceFile {
  return { path, room: roomOf(path), text };
}

/** Names the room that a path lies in. */
export function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'src' ? second : first;
}

/** Lists the files that a file refers to by a relative path: imports, type imports, re-exports and dynamic imports. */
export function importedPaths({ path, text }: SourceFile): readonly string[] {
  const specifiers = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)];
  return specifiers.map(([, name = '']) => posix.normalize(`${dirname(path)}/${name}`));
}

/**
 * Finds the circles among files, imports of types included.
 *
 * @returns each circle once, as the paths along it, the first one repeated at its end
 */
export function findCircles(files: readonly SourceFile[]): readonly string[] {
  const imports = new Map(files.map((file) => [file.path, importedPaths(file)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) circles.push([...trail.slice(start), path].join(' -> '));
    if (start >= 0 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return circles;
}

/** Lists the names that a file exports by a declaration, as `<path>#<name>`. */
export function exportsOf({ path, text }: SourceFile): readonly string[] {
  const declared = text.matchAll(/^export (?:async )?(?:function\*?|const|class|interface|type) ([\w$]+)/gm);
  return [...new Set([...declared].map(([, name = '']) => `${path}#${name}`))];
}

/** Lists the names that a file takes from other files, as `<path>#<name>`. */
export function importsOf({ path, text }: SourceFile): readonly string[] {
  const lists = [...text.matchAll(/\{([^{}]*)\} (?:from|= await import\()\s*'(\.[^']+)'/g)];
  const types = [...text.matchAll(/\bimport\('(\.[^']+)'\)\.(\w+)/g)];
  const named = [
    ...lists.map(([, names = '', file = '']) => ({ names, file })),
    ...types.map(([, file = '', names = '']) => ({ names, file })),
  ];
  return named.flatMap(({ names, file }) =>
    names
      .split(',')
      .map(
        (name) =>
          name
            .trim()
            .replace(/^type /, '')
            .split(/ as |:/)[0] ?? '',
      )
      .filter((name) => name !== '')
      .map((name) => `${posix.normalize(`${dirname(path)}/${file}`)}#${name}`),
  );
}

/** Counts the lines of a file. */
export function lineCount({ text }: SourceFile): number {
  return text.split('\n').length - 1;
}
