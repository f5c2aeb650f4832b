import type { BicepFile } from './bicep-file.ts';

// Functions of the Bicep language that the infrastructure may call: "Bicep functions" (Microsoft).
const functions = [
  'bool',
  'concat',
  'deployment',
  'empty',
  'guid',
  'int',
  'items',
  'json',
  'readEnvironmentVariable',
  'replace',
  'resourceGroup',
  'resourceId',
  'split',
  'string',
  'subscription',
  'subscriptionResourceId',
  'tenant',
  'union',
  'uniqueString',
];

/** Names that nothing declares, that are declared twice or never used, functions that do not exist, versions that are none. */
export function findNameFaults({ path, declarations }: BicepFile): readonly string[] {
  const named = declarations.filter(({ kind }) => kind !== 'output');
  const declared = new Set(named.map(({ name }) => name));
  const used = new Set(declarations.flatMap(({ names }) => names.map(({ name }) => name)));
  const isParameters = path.endsWith('.bicepparam');
  return declarations.flatMap(({ kind, name, line, names, calls, target = '' }) => {
    const at = `${path}:${line}:`;
    const mustBeUsed = (kind === 'param' || kind === 'var') && !isParameters;
    const isTwin = kind !== 'output' && named.some((other) => other.name === name && other.line < line);
    const isResource =
      kind === 'resource' && !/^[A-Za-z.]+(\/[A-Za-z]+)+@\d{4}-\d{2}-\d{2}(-preview)?$/.test(target);
    return [
      ...names
        .filter((one) => !declared.has(one.name))
        .map((one) => `${path}:${one.line}: nothing declares ${one.name}`),
      ...calls
        .filter((call) => !functions.includes(call))
        .map((call) => `${at} ${call} is not a function that this check knows`),
      ...(mustBeUsed && !used.has(name) ? [`${at} nothing uses ${name}`] : []),
      ...(isTwin ? [`${at} ${name} is declared twice`] : []),
      ...(isResource ? [`${at} ${target} has no version`] : []),
    ];
  });
}
