import type { Node } from 'web-tree-sitter';
import type { BicepName } from './bicep-file.ts';

/** What a piece of source refers to: declared names, but not the variables of its own loops, and called functions. */
export interface Found {
  readonly names: readonly BicepName[];
  readonly calls: readonly string[];
}

/** Finds every name that is used inside a node. */
export function findNames(node: Node, locals: ReadonlySet<string> = new Set()): Found {
  const known = node.type === 'for_statement' ? new Set([...locals, ...loopVariables(node)]) : locals;
  if (node.type === 'identifier' && isReference(node)) {
    return known.has(node.text) ? nothing : { names: [nameAt(node)], calls: [] };
  }
  const called = node.type === 'call_expression' ? node.childForFieldName('function') : null;
  const found = node.children.map((child) => findNames(child, known));
  return {
    names: found.flatMap(({ names }) => names),
    calls: [...(called?.type === 'identifier' ? [called.text] : []), ...found.flatMap(({ calls }) => calls)],
  };
}

const nothing: Found = { names: [], calls: [] };

function loopVariables(loop: Node): readonly string[] {
  const initializer = loop.childForFieldName('initializer');
  const parameters = loop.namedChildren.find(({ type }) => type === 'for_loop_parameters');
  return [...(initializer === null ? [] : [initializer]), ...(parameters?.namedChildren ?? [])].map(
    ({ text }) => text,
  );
}

function isReference(node: Node): boolean {
  const { parent } = node;
  if (parent === null) return false;
  if (parent.type.endsWith('_declaration')) return parent.namedChildren[0]?.id !== node.id;
  if (parent.type === 'object_property') return parent.namedChildren[0]?.id !== node.id;
  if (parent.type === 'for_statement') return parent.childForFieldName('initializer')?.id !== node.id;
  return !(parent.type === 'call_expression' && parent.childForFieldName('function')?.id === node.id);
}

function nameAt(node: Node): BicepName {
  let whole = node;
  while (
    whole.parent?.type === 'member_expression' &&
    whole.parent.childForFieldName('object')?.id === whole.id
  ) {
    whole = whole.parent;
  }
  const path = whole.text.slice(node.text.length).replace(/^[!?.]+/, '');
  return { name: node.text, line: node.startPosition.row + 1, path };
}
