// What moves the cursor, colours the terminal, breaks a line or turns the direction of writing.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

// JSON.stringify escapes control characters below U+0020 and half surrogate pairs. These move the cursor or turn the
// direction of writing too.
const escaped = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A number with its noun, such as `1 letter` or `3 pushes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A text of unknown origin as it may stand on one line of a terminal. */
export function printable(text: string): string {
  return text.replace(unprintable, '?');
}

/** A text as one word of a POSIX shell: as it is when nothing in it is special, else in single quotes. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Lays rows out in columns for a terminal: two blanks between columns, no blanks at the end of a line, a newline after
 * every row. Assumes that every character is one column wide.
 */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/** A value as JSON that is safe to print in a terminal and parses to the same value. */
export function jsonText(value: unknown, indent?: number): string {
  return (JSON.stringify(value, undefined, indent) ?? 'null').replace(escaped, (character) =>
    Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
