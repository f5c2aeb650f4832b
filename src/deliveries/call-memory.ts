/** A user who was rung for a call. */
export interface RungUser {
  readonly recipientId: string;
  /** Every device that was rung, sorted. */
  readonly deviceIds: readonly string[];
  /** When the first of them was rung, epoch milliseconds. */
  readonly firstAtMs: number;
  /** Who called, for the notice of a missed call. */
  readonly callerId?: string;
  readonly callerName?: string;
}

/** What is written down when a user is rung. */
export interface Ring {
  /** The writer's clock, epoch milliseconds. */
  readonly atMs: number;
  readonly deviceIds: readonly string[];
  readonly callerId?: string | undefined;
  readonly callerName?: string | undefined;
}

/** A user who joined a call. */
export interface JoinedUser {
  readonly userId: string;
  readonly firstAtMs: number;
}

/** What the relay remembers about one call. */
export interface RememberedCall {
  /** Sorted by user. */
  readonly rung: readonly RungUser[];
  /** Sorted by user. */
  readonly joined: readonly JoinedUser[];
  /** Present once the call is over: a ring that comes later must not ring. */
  readonly endedAtMs?: number;
}

/**
 * Who was rung for which call, so that ringing can be stopped. Every write stands on its own. In whatever order writes
 * come, however often and from however many writers, they give the same memory, and no write waits for a read.
 *
 * `atMs` is the writer's clock, not the event's time, and decides the day table. What was written is found for 23 hours
 * and 55 minutes, also by a reader whose clock is up to 5 minutes behind the writer's.
 *
 * Every method throws a `RelayError` with the code `STORAGE_UNAVAILABLE` when storage fails.
 */
export interface CallMemory {
  readonly rememberRung: (callId: string, recipientId: string, ring: Ring) => Promise<void>;
  readonly markJoined: (callId: string, userId: string, atMs: number) => Promise<void>;
  readonly markEnded: (callId: string, atMs: number) => Promise<void>;
  /**
   * A list request for each UTC day that is looked at, two at most, side by side; an unknown call has nobody in it.
   *
   * @param sinceMs what was written before this moment need not be found: mostly that leaves one request
   */
  readonly readCall: (callId: string, nowMs: number, sinceMs?: number) => Promise<RememberedCall>;
}
