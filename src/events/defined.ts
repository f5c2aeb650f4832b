type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The entries of `values` that are not undefined, so that absent facts are absent keys. */
export function defined<T extends object>(values: T): Defined<T>;
export function defined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
