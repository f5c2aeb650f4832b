// JSON.stringify escapes control characters below U+0020 and half surrogate pairs. These move the cursor or turn the
// direction of writing too.
const unprintable = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A value as JSON that is safe to print in a terminal and parses to the same value. */
export function jsonText(value: unknown, indent?: number): string {
  return (JSON.stringify(value, undefined, indent) ?? 'null').replace(unprintable, (character) =>
    Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
