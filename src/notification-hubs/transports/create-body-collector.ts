/** Gathers the beginning of a response body. */
export interface BodyCollector {
  /** Takes a chunk; false once the limit is reached and nothing more is wanted. */
  readonly add: (chunk: Uint8Array) => boolean;
  /** What was gathered, read as UTF-8. */
  readonly text: () => string;
}

/** @param maxBytes - no more than this is kept. */
export const createBodyCollector = (maxBytes: number): BodyCollector => {
  const chunks: Uint8Array[] = [];
  let room = maxBytes;
  return {
    add: (chunk) => {
      chunks.push(chunk.subarray(0, room));
      room -= Math.min(room, chunk.length);
      return room > 0;
    },
    // Most answers of the hub have no body.
    text: () => (chunks.length === 0 ? '' : Buffer.concat(chunks).toString('utf8')),
  };
};
