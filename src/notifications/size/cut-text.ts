// Made when a text is cut for the first time, which few are: making it takes 15 to 20 ms of a cold start.
let segmenter: Intl.Segmenter | undefined;

/**
 * The first `maxGraphemes` user-perceived characters of a text, with "…" where something was left out. A grapheme
 * (an emoji with its skin tone, a letter with its accents) is kept whole or left out whole.
 */
export function cutText(text: string, maxGraphemes: number): string {
  // Reading a little more than is kept is enough, however long the text is.
  const windowUnits = maxGraphemes * 16 + 64;
  const window = text.length > windowUnits ? text.slice(0, windowUnits) : text;
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  let keptUnits = 0;
  let graphemes = 0;
  for (const { index } of segmenter.segment(window)) {
    keptUnits = index;
    if (graphemes === maxGraphemes) return `${window.slice(0, keptUnits)}…`;
    graphemes += 1;
  }
  // The last segment of a window may be half a grapheme.
  return window.length === text.length ? text : `${window.slice(0, keptUnits)}…`;
}
