/** The counters of a running simulation. */
export interface Tally {
  /** Milliseconds from the event to the hub's response, for each device that rang. */
  readonly ringMs: number[];
  /** Devices that should have rung and did not. */
  lostRings: number;
  /** Milliseconds from the event to the hub's response, for each chat push. */
  readonly chatMs: number[];
  /** Chat pushes that were given up. */
  lostChat: number;
  /** Number of redeliveries. */
  repeated: number;
}

export function createTally(): Tally {
  return { ringMs: [], lostRings: 0, chatMs: [], lostChat: 0, repeated: 0 };
}
