/** The value of a JSON text; undefined when it is none. The syntax error is not kept: it quotes the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
