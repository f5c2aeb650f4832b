/** How hard one storage operation is tried. A ring has 30 seconds for everything, so these stay small. */
export interface StorageRetry {
  /** Requests at most, the first one included. */
  readonly tries: number;
  /** How long one request may take, answer read, in milliseconds. */
  readonly tryTimeoutMs: number;
  /** Pause before the second request in milliseconds; it doubles before each further one. */
  readonly pauseMs: number;
}
