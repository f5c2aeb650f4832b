const START = '<PnsFeedback';
const END = '</PnsFeedback>';

/** Far more than a document with the longest handle (4,096 characters) needs. */
const MAX_DOCUMENT_CHARS = 8192;

/**
 * Cuts the text of a feedback blob into its documents, `<PnsFeedback …>…</PnsFeedback>` each. Declarations, byte order
 * marks and anything else between them is passed over. Costs time linear to the text, whatever it holds.
 *
 * @returns each document, or undefined for one that is cut off or longer than 8,192 characters.
 */
export function* splitFeedback(text: string): Generator<string | undefined, void, undefined> {
  let start = findStart(text, 0);
  let end = -1;
  while (start !== -1) {
    const next = findStart(text, start + START.length);
    // The end that was found for an earlier start still holds when it lies behind this one.
    if (end < start) end = text.indexOf(END, start);
    if (end === -1) end = text.length;
    const stop = end + END.length;
    const whole = end < text.length && (next === -1 || next > end) && stop - start <= MAX_DOCUMENT_CHARS;
    yield whole ? text.slice(start, stop) : undefined;
    start = next;
  }
}

/** Where the element starts: elements whose name only begins alike do not count. */
function findStart(text: string, from: number): number {
  for (let at = text.indexOf(START, from); at !== -1; at = text.indexOf(START, at + START.length)) {
    const after = text[at + START.length];
    if (after === undefined || /[\s>/]/.test(after)) return at;
  }
  return -1;
}
