import { RelayError } from '../errors/errors.ts';

const MAX_KEY_LENGTH = 512;
// What Azure forbids (/ \ # ? and control characters), % that some of its front ends decode twice, our own escape
// sign, text that is not valid Unicode and would become U+FFFD on the wire, and the two characters that XML lacks.
const FORBIDDEN = /[/\\#?%~\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu;

/**
 * Turns any text into a key that Azure Tables takes, one to one: each character Azure forbids becomes `~` and its four
 * hex digits. Keys are limited to 1 KiB, which Azure counts in UTF-16, so to 512 characters after escaping.
 * Source: "Understanding the Table service data model" (learn.microsoft.com).
 *
 * @throws RelayError `STORAGE_KEY_INVALID` for a longer key. The message tells lengths only: keys name users.
 */
export function escapeTableKey(key: string): string {
  const escaped = key.replace(FORBIDDEN, (character) => {
    return `~${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  if (escaped.length <= MAX_KEY_LENGTH) return escaped;
  throw new RelayError({
    code: 'STORAGE_KEY_INVALID',
    class: 'internal',
    message:
      `A table key of ${key.length} characters (${escaped.length} when escaped) is above the ${MAX_KEY_LENGTH} that ` +
      'Azure Tables allows. Shorten or hash it before it is used as a key.',
  });
}
