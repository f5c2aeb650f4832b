/** One blob of a listing. */
export interface ListedBlob {
  readonly name: string;
  readonly bytes: number;
  readonly changedAtMs: number;
}

/** Some blobs of a listing, in order. */
export interface BlobPage {
  readonly blobs: readonly ListedBlob[];
  /** Marker of the next page; absent on the last. */
  readonly next?: string;
}

/** Part of a blob. */
export interface ByteRange {
  readonly offset: number;
  /** At least 1. */
  readonly count: number;
}

/**
 * The requests to one blob container that the relay makes. Each method is one HTTP request, never sent again, that
 * ends with its signal. What Azure refuses, and what goes wrong on the way, throws the `RestError` of
 * `@azure/core-rest-pipeline` with `statusCode` and `code`, or its `AbortError`.
 */
export interface BlobContainer {
  /** Creates the container; does nothing when it is there. */
  readonly create: (signal: AbortSignal) => Promise<void>;
  /** Writes a JSON text, whatever stood there. */
  readonly put: (name: string, text: string, signal: AbortSignal) => Promise<void>;
  readonly getText: (name: string, signal: AbortSignal) => Promise<string>;
  /** The bytes of a blob from `range.offset` on, `range.count` at most. */
  readonly getBytes: (name: string, range: ByteRange, signal: AbortSignal) => Promise<Uint8Array>;
  /** Blobs whose names begin with `prefix`: the first page without a marker. */
  readonly list: (prefix: string, marker: string | undefined, signal: AbortSignal) => Promise<BlobPage>;
  readonly remove: (name: string, signal: AbortSignal) => Promise<void>;
}
