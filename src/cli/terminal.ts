// Characters that move the cursor, colour the terminal, break a line or change the writing direction.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

// JSON.stringify escapes control characters below U+0020 and lone surrogates. These move the cursor or change the writing
// direction too.
const escaped = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A number with its noun, such as `1 device` or `3 pushes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** An untrusted text, made safe for one line of a terminal. */
export function printable(text: string): string {
  return text.replace(unprintable, '?');
}

/** A text as one word of a POSIX shell: in single quotes when it contains special characters. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Formats rows as aligned columns: two spaces between columns, no trailing spaces, a newline after every row. Assumes that
 * every character is one column wide.
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

/** A value as JSON that is safe in a terminal and parses to the same value. */
export function jsonText(value: unknown, indent?: number): string {
  return (JSON.stringify(value, undefined, indent) ?? 'null').replace(escaped, (character) =>
    Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
