import type { TableCells } from './table-store.ts';

/** Whether two rows hold the same names with the same values. */
export function sameCells(left: TableCells, right: TableCells): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
}
