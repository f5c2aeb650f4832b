import type { BicepFile } from './bicep-file.ts';

/** Declarations that wait for themselves. */
export function findCycles({ path, declarations }: BicepFile): readonly string[] {
  const needs = new Map(
    declarations
      .filter(({ kind }) => kind !== 'output')
      .map(({ name, names }) => [name, new Set(names.map((one) => one.name))] as const),
  );
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    [...(needs.get(from) ?? [])].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  return declarations
    .filter(({ kind, name }) => kind !== 'output' && reaches(name, name, new Set()))
    .map(({ name, line }) => `${path}:${line}: ${name} needs itself`);
}
