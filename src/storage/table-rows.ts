import { RelayError } from '../errors/errors.ts';
import type { TableCells, TableRow, TableValue } from './tables.ts';

const maxKeyLength = 512;

/**
 * What Azure forbids (/ \ # ? and control characters); % that some of its front ends decode twice; our own escape sign;
 * text that is not valid Unicode, which would become U+FFFD on the wire; and the two characters that XML lacks.
 */
const forbidden = /[/\\#?%~\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;

/**
 * Turns any text into a key that Azure Tables accepts, one to one: each character Azure forbids becomes `~` and its four
 * hex digits. Keys are limited to 1 KiB, which Azure counts in UTF-16, so to 512 characters after escaping.
 * Source: "Understanding the Table service data model" (learn.microsoft.com).
 *
 * @throws RelayError `STORAGE_KEY_INVALID` for a longer key. The message contains lengths only: keys name users.
 */
export function escapeTableKey(key: string): string {
  const escaped = key.replace(forbidden, (character) => {
    return `~${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  if (escaped.length <= maxKeyLength) return escaped;
  throw new RelayError({
    code: 'STORAGE_KEY_INVALID',
    class: 'internal',
    message:
      `A table key of ${key.length} characters (${escaped.length} when escaped) exceeds the limit of ` +
      `${maxKeyLength} in Azure Tables. Shorten or hash it before it becomes a key.`,
  });
}

/** The inverse of {@link escapeTableKey}. */
export function unescapeTableKey(escaped: string): string {
  return escaped.replace(/~([0-9a-f]{4})/g, (_match, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/**
 * Checks for what Azure Tables would reject or change: names must be plain identifiers, numbers finite, and a text at most
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

const cellName = /^[A-Za-z][A-Za-z0-9_]{0,254}$/;

/** Names that Azure or its SDK use for the row itself. */
const reserved = new Set(['partitionkey', 'rowkey', 'timestamp', 'etag']);

function nameProblem(name: string): string | undefined {
  if (reserved.has(name.toLowerCase())) return 'the name is reserved by Azure Tables';
  return cellName.test(name) ? undefined : 'the name is not a plain identifier';
}

const maxTextLength = 32_768;

function valueProblem(value: TableValue): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'the number is not finite';
  if (typeof value === 'string' && value.length > maxTextLength) {
    return `the text has ${value.length} characters, and the limit is ${maxTextLength}`;
  }
  return undefined;
}

/** Turns an entity of the Tables SDK into a row, without cells of types that the relay never writes. */
export function readTableRow(entity: Readonly<Record<string, unknown>>): TableRow {
  const { partitionKey, rowKey, etag, timestamp: _timestamp, ...rest } = entity;
  const cells: Record<string, TableValue> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (name.startsWith('odata.')) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      cells[name] = value;
  }
  return {
    partitionKey: unescapeTableKey(String(partitionKey)),
    rowKey: unescapeTableKey(String(rowKey)),
    etag: String(etag),
    cells,
  };
}

/** Order of rows in a partition: by the UTF-16 code units of their keys, the same in every implementation. */
export function compareRowKeys(left: TableRow, right: TableRow): number {
  return left.rowKey < right.rowKey ? -1 : 1;
}

/** Whether two rows have the same cells. */
export function sameCells(left: TableCells, right: TableCells): boolean {
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
}
