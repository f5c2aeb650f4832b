type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The entries of `values` that are not undefined, so that absent facts are absent keys. */
export function defined<T extends object>(values: T): Defined<T>;
export function defined(values: object): object {
  const present: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) present[key] = value;
  }
  return present;
}
