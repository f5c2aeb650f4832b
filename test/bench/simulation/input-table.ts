import { textTable } from '../../../src/cli/terminal.ts';
import { inputNotes } from './input-notes.ts';
import type { Inputs } from './inputs.ts';

/** Every input with its value, what it is and where it is from. */
export function inputTable(inputs: Inputs): string {
  const values = new Map(Object.entries<number>({ ...inputs }));
  const rows = Object.entries(inputNotes).map(([name, { what, source }]) => [
    name,
    String(values.get(name)),
    what,
    source,
  ]);
  return textTable([['input', 'value', 'what', 'source'], ...rows]);
}
