import { RelayError } from '../errors/errors.ts';
import type { TableCells, TableValue } from './table-store.ts';

const CELL_NAME = /^[A-Za-z][A-Za-z0-9_]{0,254}$/;
// Names that Azure or its SDK use for the row itself.
const RESERVED = new Set(['partitionkey', 'rowkey', 'timestamp', 'etag']);
const MAX_TEXT_LENGTH = 32_768;

/**
 * Checks what Azure Tables would refuse or change: names must be plain identifiers, numbers finite, and a text at most
 * 32,768 characters (64 KiB of UTF-16). Source: "Understanding the Table service data model" (learn.microsoft.com).
 *
 * @throws RelayError `STORAGE_ROW_INVALID`, naming the cell but never its value.
 */
export function checkTableCells(cells: TableCells): void {
  for (const [name, value] of Object.entries(cells)) {
    const problem = nameProblem(name) ?? valueProblem(value);
    if (problem === undefined) continue;
    throw new RelayError({
      code: 'STORAGE_ROW_INVALID',
      class: 'internal',
      message: `The table cell ${JSON.stringify(name)} cannot be stored: ${problem}.`,
    });
  }
}

function nameProblem(name: string): string | undefined {
  if (RESERVED.has(name.toLowerCase())) return 'the name is taken by Azure Tables';
  return CELL_NAME.test(name) ? undefined : 'the name is not a plain identifier';
}

function valueProblem(value: TableValue): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'the number is not finite';
  if (typeof value === 'string' && value.length > MAX_TEXT_LENGTH) {
    return `the text has ${value.length} characters, more than ${MAX_TEXT_LENGTH}`;
  }
  return undefined;
}
