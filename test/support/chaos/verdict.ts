/** The verdict on a run. Everything from `lost` to `faults` must be empty or 0. */
export interface Verdict {
  readonly seed: number;
  readonly secondary: boolean;
  readonly events: number;
  /** Distinct pushes that were tried: one event, one kind, one device. */
  readonly pushes: number;
  /** Requests to a hub. */
  readonly posts: number;
  readonly failedPosts: number;
  readonly failedStorage: number;
  readonly storageRequests: number;
  /** Invocations that died. */
  readonly crashes: number;
  readonly letters: number;
  /** Events that Event Grid gave up on. */
  readonly givenUp: number;
  /** Rings that became the notice of a missed call, by device. */
  readonly missed: number;
  /** Rings that could not be stopped because the call memory was down, as the relay logged. */
  readonly excusedRings: number;
  /** Pushes that never reached their device although nothing recorded that. See `judgeLost`. */
  readonly lost: readonly string[];
  /** Requests for a ring at or after its deadline, or that let the push service keep it beyond. */
  readonly late: readonly string[];
  /** Things that are on one screen twice, and pushes that went out under two ids. */
  readonly doubled: readonly string[];
  /** Phones that rang until the timeout although they could have been stopped. See `judgeRinging`. */
  readonly ringingOn: readonly string[];
  /** Pushes that were sent again although an earlier invocation had settled them. */
  readonly resent: readonly string[];
  /** Requests for a handle of no device. */
  readonly strays: readonly string[];
  /** Ledger rows that are still open after everything was redelivered in good weather. */
  readonly openRows: number;
  /** Errors other than `RelayError`, or without a storage failure that explains them. */
  readonly faults: readonly string[];
}
