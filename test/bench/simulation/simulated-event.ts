/** What a device is still to be told by an event. */
export type Stage =
  /** Ring. */
  | 'ring'
  /** That the ring came too late: a missed call. */
  | 'notice'
  /** Whatever is not a ring. */
  | 'tell';

/** An event and how far it is delivered. */
export interface SimulatedEvent {
  readonly kind: 'ring' | 'call' | 'chat';
  readonly atMs: number;
  /** After this moment it is worth nothing; for a ring: no ring any more. */
  readonly expiresAtMs: number;
  /** Devices that do not have it yet. */
  readonly open: Map<number, Stage>;
  /** Devices that were begun with, by whichever invocation. */
  readonly begun: Set<number>;
  /** Whether an invocation has it right now. */
  claimed: boolean;
  settled: boolean;
}
