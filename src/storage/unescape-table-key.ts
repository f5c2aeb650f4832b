/** The text that `escapeTableKey` was given. */
export function unescapeTableKey(escaped: string): string {
  return escaped.replace(/~([0-9a-f]{4})/g, (_match, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
