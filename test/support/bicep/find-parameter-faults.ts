import type { BicepFile } from './bicep-file.ts';

/** What does not fit between a file of parameters and the file it is for. */
export function findParameterFaults(file: BicepFile, files: readonly BicepFile[]): readonly string[] {
  if (!file.path.endsWith('.bicepparam')) return [];
  const target = files.find(({ path }) => path === file.using);
  if (target === undefined) return [`${file.path}:1: ${file.using} is not in this repository`];
  const parameters = target.declarations.filter(({ kind }) => kind === 'param');
  const given = file.declarations.map(({ name }) => name);
  return [
    ...parameters
      .filter(({ name }) => !given.includes(name))
      .map(({ name }) => `${file.path}:1: ${name} of ${target.path} is not given`),
    ...file.declarations
      .filter(({ name }) => !parameters.some((parameter) => parameter.name === name))
      .map(({ name, line }) => `${file.path}:${line}: ${target.path} has no parameter ${name}`),
  ];
}
