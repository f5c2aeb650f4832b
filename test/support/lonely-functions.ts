import type { SourceFile } from './source-files.ts';

interface Declaration {
  readonly name: string;
  readonly kind: 'function' | 'type' | 'value';
  readonly words: ReadonlySet<string>;
}

/** The functions of one module, in the order of the file. */
export interface FunctionTies {
  readonly path: string;
  readonly functions: readonly string[];
  /** Those that share nothing with the module. */
  readonly lonely: readonly string[];
}

/**
 * Finds the functions of a module that share nothing with it: no other function of the module uses them, they use none,
 * no value of the module holds them, and they share neither a type nor a value of the module, nor a type that it imports,
 * with another function. A module with one function has none.
 */
export function functionTies({ path, text }: SourceFile): FunctionTies {
  const declarations = declarationsOf(text);
  const functions = declarations.filter(({ kind }) => kind === 'function');
  const shared = new Set([
    ...declarations.filter(({ kind }) => kind !== 'function').map(({ name }) => name),
    ...importedTypes(text),
  ]);
  const isTied = (one: Declaration, other: Declaration) =>
    one.words.has(other.name) ||
    other.words.has(one.name) ||
    [...shared].some((name) => one.words.has(name) && other.words.has(name));
  const lonely = functions
    .filter((one) => !functions.some((other) => other !== one && isTied(one, other)))
    .filter((one) => !declarations.some(({ kind, words }) => kind === 'value' && words.has(one.name)));
  return { path, functions: namesOf(functions), lonely: functions.length < 2 ? [] : namesOf(lonely) };
}

function namesOf(declarations: readonly Declaration[]): readonly string[] {
  return declarations.map(({ name }) => name);
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

// Half of the product uses these, so that two functions which do need not be about the same thing.
const ofEveryModule = /\/errors\/errors\.ts#|\/time\.ts#Clock$|\/logger\.ts#Logger$/;

// By custom a type begins with a capital.
function importedTypes(text: string): readonly string[] {
  const lists = [...text.matchAll(/^import (?:type )?\{([^}]*)\} from '([^']+)'/gm)];
  return lists
    .flatMap(([, names = '', from = '']) => names.split(',').map((name) => `${from}#${name.trim()}`))
    .map((name) => name.replace('#type ', '#'))
    .filter((name) => !ofEveryModule.test(name))
    .map((name) => name.split(/#| as /).at(-1) ?? '')
    .filter((name) => /^[A-Z]/.test(name));
}
