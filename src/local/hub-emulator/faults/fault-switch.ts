/**
 * A way the hub can fail: `throttle` 429 with `Retry-After`, `unavailable` 503, `timeout` silence on an open connection,
 * `wrong-key` 401, `lost-answer` the push is taken and the connection reset before the answer. In all but the last the
 * push reaches no phone.
 */
export type FaultKind = 'throttle' | 'unavailable' | 'timeout' | 'wrong-key' | 'lost-answer';

/** A fault and for how many pushes it lasts. */
export interface PlannedFault {
  readonly kind: FaultKind;
  /** How many pushes from now on it takes; `all` until it is switched off. */
  readonly pushes: 'all' | number;
  /** For `throttle`; default 1. */
  readonly retryAfterSeconds?: number;
}

/** The switch by which a developer makes the hub fail. One fault at a time. */
export interface FaultSwitch {
  /** What is planned, with the pushes that are left; undefined when the hub behaves. */
  readonly current: () => PlannedFault | undefined;
  /** Takes the place of what was planned; undefined ends it. */
  readonly set: (fault: PlannedFault | undefined) => void;
  /** Calls `listener` at each change, from now on; the returned function ends that. */
  readonly subscribe: (listener: (fault: PlannedFault | undefined) => void) => () => void;
}
