/**
 * One container of small JSON texts, as little of it as the relay needs. Everything that goes wrong throws a
 * `RelayError` with the code `STORAGE_UNAVAILABLE`; a container that does not exist yet is an empty one.
 */
export interface BlobStore {
  /** Writes a text, whatever stood there. */
  readonly put: (name: string, text: string) => Promise<void>;
  /** The text, or undefined. */
  readonly get: (name: string) => Promise<string | undefined>;
  /** Names that begin with `prefix`, in order; fetched in pages while they are read. */
  readonly list: (prefix: string) => AsyncIterable<string>;
  /** Removes a text; done as well when there is none. */
  readonly remove: (name: string) => Promise<void>;
}
