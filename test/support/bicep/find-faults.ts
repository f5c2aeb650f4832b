import type { BicepFile } from './bicep-file.ts';
import { findCycles } from './find-cycles.ts';
import { findModuleFaults } from './find-module-faults.ts';
import { findNameFaults } from './find-name-faults.ts';
import { findParameterFaults } from './find-parameter-faults.ts';

/**
 * What the compiler would refuse in a set of files, as far as it can be seen without the types of resources. Each fault
 * is one line, `file:line: what`; sorted by file.
 *
 * @param entries files that nothing refers to, because people deploy them
 */
export function findFaults(files: readonly BicepFile[], entries: readonly string[]): readonly string[] {
  return files.flatMap((file) => {
    if (file.errors.length > 0) return file.errors.map((error) => `${file.path}:${error} is not valid Bicep`);
    return [
      ...findNameFaults(file),
      ...findCycles(file),
      ...findModuleFaults(file, files),
      ...findParameterFaults(file, files),
      ...(entries.includes(file.path) || isUsed(file, files)
        ? []
        : [`${file.path}:1: nothing uses this file`]),
    ];
  });
}

function isUsed({ path }: BicepFile, files: readonly BicepFile[]): boolean {
  return files.some((other) =>
    other.declarations.some(({ kind, target }) => kind === 'module' && path.endsWith(target ?? ' ')),
  );
}
