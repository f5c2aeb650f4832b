/** What a text holds as JSON; a result, because broken JSON is an expected answer here. */
export type ParsedJson = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'broken' };

/** Parses JSON without throwing. */
export function parseJson(text: string): ParsedJson {
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'broken' };
  }
}
