import type { Node } from 'web-tree-sitter';
import type { BicepValue } from './bicep-file.ts';

/** Makes data of the value of a declaration; of a loop or a condition, what it repeats or guards. */
export function readValue(node: Node): BicepValue {
  switch (node.type) {
    case 'string':
      return node.namedChildren.map((child) => unescaped(child)).join('');
    case 'number':
      return Number(node.text);
    case 'boolean':
      return node.text === 'true';
    case 'null':
      return null;
    case 'array':
      return node.namedChildren.filter(({ type }) => type !== 'comment').map(readValue);
    case 'object':
      return Object.fromEntries(
        node.namedChildren.filter(({ type }) => type === 'object_property').map(readProperty),
      );
    default:
      return `=${node.text.replace(/\s+/g, ' ')}`;
  }
}

function readProperty(property: Node): readonly [string, BicepValue] {
  const [key, value] = property.namedChildren;
  if (key === undefined || value === undefined) return [property.text, ''];
  const name = readValue(key);
  return [typeof name === 'string' && key.type === 'string' ? name : key.text, readValue(value)];
}

function unescaped(part: Node): string {
  return part.type === 'escape_sequence'
    ? part.text.slice(1).replace('n', '\n').replace('r', '\r')
    : part.text;
}
