/**
 * Reads a `multipart/mixed` body into its parts by the `name` of their `Content-Disposition`. Undefined when the
 * content type names no boundary. Line ends may be CRLF or LF; the closing line may lack its own.
 */
export function parseMultipart(contentType: string, body: string): ReadonlyMap<string, string> | undefined {
  const boundary = /^multipart\/mixed\s*;.*?boundary\s*=\s*"?([^";]+)"?/i.exec(contentType)?.[1]?.trim();
  if (boundary === undefined) return undefined;
  const parts = new Map<string, string>();
  for (const part of `\n${body}`.split(`\n--${boundary}`).slice(1)) {
    if (part.startsWith('--')) break;
    const [head = '', content] = splitOnce(part, /\r?\n\r?\n/);
    const name = /content-disposition:[^\r\n]*?name="?([^";\r\n]+)"?/i.exec(head)?.[1]?.trim();
    if (name !== undefined && content !== undefined) parts.set(name, content.replace(/\r?\n?$/, ''));
  }
  return parts;
}

function splitOnce(text: string, separator: RegExp): readonly [string, string | undefined] {
  const found = separator.exec(text);
  if (found === null) return [text, undefined];
  return [text.slice(0, found.index), text.slice(found.index + found[0].length)];
}
