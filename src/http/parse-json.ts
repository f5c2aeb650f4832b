/** A JSON value, or bytes that are none. */
export type ParsedJson = { readonly kind: 'valid'; readonly value: unknown } | { readonly kind: 'invalid' };

/** Reads JSON text in UTF-8, with or without a byte order mark. */
export function parseJson(bytes: Uint8Array): ParsedJson {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return { kind: 'valid', value };
  } catch {
    return { kind: 'invalid' };
  }
}
