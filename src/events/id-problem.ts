const visible = /^[^\p{Cc}\p{Cs}]*$/u;
const visibleAscii = /^[\x20-\x7e]*$/;
const maxLength = 256;

/** What keeps a text from being an id (see `idField`), or undefined when nothing does. */
export function idProblem(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (text.length > maxLength) return `is longer than ${maxLength} characters`;
  // Nearly every id is plain ASCII, which is told much faster.
  return visibleAscii.test(text) || visible.test(text) ? undefined : 'has control characters';
}
