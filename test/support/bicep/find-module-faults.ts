import { posix } from 'node:path';
import type { BicepDeclaration, BicepFile, BicepValue } from './bicep-file.ts';

/** Modules that are not in the repository, parameters that do not fit them, and outputs they do not have. */
export function findModuleFaults(file: BicepFile, files: readonly BicepFile[]): readonly string[] {
  const modules = file.declarations.filter(({ kind }) => kind === 'module');
  return modules.flatMap((module) => {
    const at = `${file.path}:${module.line}:`;
    const path = posix.join(posix.dirname(file.path), module.target ?? '');
    const target = files.find((other) => other.path === path);
    if (target === undefined) return [`${at} the module ${module.target} is not in this repository`];
    return [...parameterFaults(module, target, at), ...outputFaults(module, target, file)];
  });
}

function parameterFaults(module: BicepDeclaration, target: BicepFile, at: string): readonly string[] {
  const given = keysOf(module.value, 'params');
  const parameters = target.declarations.filter(({ kind }) => kind === 'param');
  const missing = parameters.filter(({ name, value }) => value === undefined && !given.includes(name));
  const unknown = given.filter((name) => !parameters.some((parameter) => parameter.name === name));
  return [
    ...missing.map(({ name }) => `${at} ${target.path} is not given ${name}`),
    ...unknown.map((name) => `${at} ${target.path} has no parameter ${name}`),
  ];
}

function outputFaults(module: BicepDeclaration, target: BicepFile, file: BicepFile): readonly string[] {
  const outputs = target.declarations.filter(({ kind }) => kind === 'output').map(({ name }) => name);
  return file.declarations
    .flatMap(({ names }) => names)
    .filter(({ name, path }) => name === module.name && path !== '')
    .filter(({ path }) => !outputs.some((output) => path === `outputs.${output}`))
    .map(({ line, path }) => `${file.path}:${line}: ${target.path} has no ${path}`);
}

function keysOf(value: BicepValue | undefined, key: string): readonly string[] {
  const inner: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof inner === 'object' && inner !== null ? Object.keys(inner) : [];
}
