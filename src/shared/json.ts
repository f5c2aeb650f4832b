/** Parses a JSON text. Returns undefined for any other text, and drops the syntax error, because it quotes the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True for a JSON object: not null, not an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Returns the entries of `values` that are not undefined, so that absent facts are absent keys. */
export function omitUndefined<T extends object>(values: T): Defined<T>;

export function omitUndefined(values: Readonly<Record<string, unknown>>): object {
  const present: Record<string, unknown> = {};
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (value !== undefined) present[key] = value;
  }
  return present;
}
