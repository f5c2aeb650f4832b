type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The entries of `values` that are not undefined, so that absent facts are absent keys. */
export function defined<T extends object>(values: T): Defined<T>;
export function defined(values: Readonly<Record<string, unknown>>): object {
  const present: Record<string, unknown> = {};
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (value !== undefined) present[key] = value;
  }
  return present;
}
