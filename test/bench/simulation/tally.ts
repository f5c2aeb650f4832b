/** What a simulation counts while it runs. */
export interface Tally {
  /** From the event to the hub's answer, for each device that rang. */
  readonly ringMs: number[];
  /** Devices that were to ring and did not. */
  lostRings: number;
  /** From the event to the hub's answer, for each push of chat. */
  readonly chatMs: number[];
  /** Pushes of chat that were given up. */
  lostChat: number;
  /** Invocations that Event Grid was told to repeat. */
  repeated: number;
}

/** A tally of nothing. */
export function createTally(): Tally {
  return { ringMs: [], lostRings: 0, chatMs: [], lostChat: 0, repeated: 0 };
}
