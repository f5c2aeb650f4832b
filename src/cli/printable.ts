// What moves the cursor, colours the terminal, breaks a line or turns the direction of writing.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text of unknown origin as it may stand on one line of a terminal. */
export function printable(text: string): string {
  return text.replace(unprintable, '?');
}
