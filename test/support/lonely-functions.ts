import type { SourceFile } from './source-files.ts';

interface Declaration {
  readonly name: string;
  readonly kind: 'function' | 'type' | 'value';
  readonly words: ReadonlySet<string>;
}

/**
 * Finds the functions of a module that share nothing with it: no other function of the module uses them, they use none,
 * and they share neither a type nor a value of the module, nor a type that it imports, with another function. A module
 * with one function has none.
 *
 * @returns each as `<path>#<name>`
 */
export function lonelyFunctions({ path, text }: SourceFile): readonly string[] {
  const declarations = declarationsOf(text);
  const functions = declarations.filter(({ kind }) => kind === 'function');
  if (functions.length < 2) return [];
  const shared = new Set([
    ...declarations.filter(({ kind }) => kind !== 'function').map(({ name }) => name),
    ...importedTypes(text),
  ]);
  const isTied = (one: Declaration, other: Declaration) =>
    one.words.has(other.name) ||
    other.words.has(one.name) ||
    [...shared].some((name) => one.words.has(name) && other.words.has(name));
  return functions
    .filter((one) => !functions.some((other) => other !== one && isTied(one, other)))
    .filter((one) => !declarations.some(({ kind, words }) => kind === 'value' && words.has(one.name)))
    .map(({ name }) => `${path}#${name}`);
}

function declarationsOf(text: string): readonly Declaration[] {
  const starts = [
    ...text.matchAll(/^(?:export )?(?:async )?(function\*?|const|let|class|interface|type) ([\w$]+)/gm),
  ];
  return starts.map((start, index) => {
    const [, keyword = '', name = ''] = start;
    const body = text.slice(start.index, starts[index + 1]?.index);
    return { name, kind: kindOf(keyword, body), words: wordsOf(body) };
  });
}

function kindOf(keyword: string, body: string): Declaration['kind'] {
  if (keyword === 'interface' || keyword === 'type') return 'type';
  return keyword.startsWith('function') || /^[^=]*= (?:async )?(?:\(|<)[^\n]*=>/.test(body)
    ? 'function'
    : 'value';
}

function wordsOf(body: string): ReadonlySet<string> {
  const code = body.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  return new Set([...code.matchAll(/[\w$]+/g)].map(([word]) => word));
}

// By custom a type begins with a capital.
function importedTypes(text: string): readonly string[] {
  const lists = [...text.matchAll(/^import (?:type )?\{([^}]*)\} from/gm)];
  return lists
    .flatMap(([, names = '']) => names.split(','))
    .map(
      (name) =>
        name
          .trim()
          .replace(/^type /, '')
          .split(' as ')
          .at(-1) ?? '',
    )
    .filter((name) => /^[A-Z]/.test(name));
}
