import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';
import type { BicepDeclaration, BicepFile } from './bicep-file.ts';
import { findNames } from './find-names.ts';
import { readValue } from './read-value.ts';

/** Reads the text of one Bicep file. */
export type BicepReader = (path: string, text: string) => BicepFile;

/**
 * Opens a reader on the grammar `tree-sitter-bicep`. It knows the syntax, not the types: what a resource may hold, only the
 * compiler can say (`az bicep build`, in CI).
 */
export async function openBicepReader(): Promise<BicepReader> {
  const find = createRequire(import.meta.url).resolve;
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(find('tree-sitter-bicep/tree-sitter-bicep.wasm')));
  return (path, text) => {
    // The grammar has no file of parameters; its assignments have the shape of variables.
    const source = path.endsWith('.bicepparam') ? text.replace(/^param (?=\w+ =)/gm, 'var ') : text;
    const tree = parser.parse(source);
    if (tree === null) throw new Error(`${path} cannot be parsed`);
    const { namedChildren } = tree.rootNode;
    const using = namedChildren.find(({ type }) => type === 'using_statement')?.namedChildren[0];
    return {
      path,
      errors: findErrors(tree.rootNode),
      declarations: namedChildren.flatMap((node, index) => {
        const kind = kinds.get(node.type);
        return kind === undefined ? [] : [readDeclaration(kind, node, namedChildren[index - 1])];
      }),
      ...(using === undefined ? {} : { using: String(readValue(using)) }),
    };
  };
}

const kinds: ReadonlyMap<string, BicepDeclaration['kind']> = new Map([
  ['parameter_declaration', 'param'],
  ['variable_declaration', 'var'],
  ['resource_declaration', 'resource'],
  ['module_declaration', 'module'],
  ['output_declaration', 'output'],
]);

function readDeclaration(
  kind: BicepDeclaration['kind'],
  node: Node,
  before: Node | undefined,
): BicepDeclaration {
  const [name, ...rest] = node.namedChildren;
  const type = rest.find((child) => child.type === 'type')?.text;
  const target = kind === 'resource' || kind === 'module' ? rest[0] : undefined;
  const assigned = node.children.some((child) => child.type === '=') ? rest.at(-1) : undefined;
  const loop = assigned?.type === 'for_statement' ? assigned : undefined;
  const guarded = loop?.childForFieldName('body') ?? assigned;
  const guard = guarded?.type === 'if_statement' ? guarded : undefined;
  const value = guard?.namedChildren.at(-1) ?? guarded;
  const decorators = before?.type === 'decorators' ? before.namedChildren : [];
  const { names, calls } = findNames(node);
  return {
    kind,
    name: name?.text ?? '',
    line: node.startPosition.row + 1,
    decorators: decorators.map(({ text }) => text.slice(1)),
    existing: node.children.some((child) => child.type === 'existing'),
    names,
    calls,
    ...(type === undefined ? {} : { type }),
    ...(target === undefined ? {} : { target: String(readValue(target)) }),
    ...(guard === undefined ? {} : { condition: guard.namedChildren[0]?.text ?? '' }),
    ...(loop === undefined ? {} : { loop: loopOf(loop) }),
    ...(value === undefined ? {} : { value: readValue(value) }),
  };
}

function loopOf(loop: Node): string {
  const parts = loop.namedChildren.map(({ text }) => text);
  return parts.at(-2) ?? '';
}

function findErrors(node: Node): readonly string[] {
  const own =
    node.isError || node.isMissing
      ? [`${node.startPosition.row + 1}: ${node.text.replace(/\s+/g, ' ').slice(0, 60)}`]
      : [];
  return [...own, ...node.children.flatMap(findErrors)];
}
