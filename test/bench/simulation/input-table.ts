import { textTable } from '../../../src/cli/terminal.ts';
import { inputNotes } from './input-notes.ts';
import type { Inputs } from './inputs.ts';

/** Formats every input with its value, meaning and source. */
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
