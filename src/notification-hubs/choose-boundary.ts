/**
 * A multipart boundary that does not occur in the content: `acs-relay-0`, or the first free number after it.
 * The same content always gives the same boundary, so that a repeated send is byte for byte the same.
 *
 * @param contents - every part's body.
 */
export const chooseBoundary = (contents: readonly string[]): string => {
  for (let number = 0; ; number += 1) {
    const boundary = `acs-relay-${number}`;
    if (!contents.some((content) => content.includes(boundary))) return boundary;
  }
};
