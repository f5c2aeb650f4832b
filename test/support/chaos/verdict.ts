/** What a run came to. Everything from `lost` to `faults` must be 0. */
export interface Verdict {
  readonly seed: number;
  readonly secondary: boolean;
  readonly events: number;
  /** Different pushes that were tried: one event, one kind, one device. */
  readonly pushes: number;
  /** Requests to a hub. */
  readonly posts: number;
  readonly failedPosts: number;
  readonly failedStorage: number;
  readonly storageRequests: number;
  /** Invocations that died. */
  readonly crashes: number;
  readonly letters: number;
  /** Events that Event Grid gave up. */
  readonly givenUp: number;
  /** Rings that became the notice of a missed call, by device. */
  readonly missed: number;
  /** Rings that could not be stopped because the memory of calls was down, as the relay said in its log. */
  readonly excusedRings: number;
  /** Pushes of which a device never learned anything, and nobody was told that it did not. See `judgeLost`. */
  readonly lost: readonly string[];
  /** Requests for a ring at or after its deadline, or that let the push service keep it beyond. */
  readonly late: readonly string[];
  /** Things that are on one screen twice, and pushes that went out under two ids. */
  readonly doubled: readonly string[];
  /** Phones that rang on to the end although their ringing could have been stopped. See `judgeRinging`. */
  readonly ringingOn: readonly string[];
  /** Pushes that were sent again although an earlier invocation had closed the ledger over them. */
  readonly resent: readonly string[];
  /** Requests for a handle that is nobody's. */
  readonly strays: readonly string[];
  /** Ledger rows that are not settled once everything was delivered again in good weather. */
  readonly openRows: number;
  /** Errors that are no `RelayError`, or that a healthy storage does not explain. */
  readonly faults: readonly string[];
}
