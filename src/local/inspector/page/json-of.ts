const texts = new WeakMap<object, string>();

/** The JSON of a value that never changes, computed once: derived values stay the same while the journal does. */
export function jsonOf(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}
