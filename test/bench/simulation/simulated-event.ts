/** What a device must still receive from an event. */
export type Stage =
  | 'ring'
  /** A missed call, because the ring came too late. */
  | 'notice'
  /** Any push that is not a ring. */
  | 'push';

/** An event and its delivery state. */
export interface SimulatedEvent {
  readonly kind: 'ring' | 'call' | 'chat';
  readonly atMs: number;
  /** After this moment the event is worthless; a ring becomes a missed call. */
  readonly expiresAtMs: number;
  /** Devices that have not received it. */
  readonly open: Map<number, Stage>;
  /** Devices for which any invocation has started a push. */
  readonly begun: Set<number>;
  /** Whether an invocation holds it now. */
  claimed: boolean;
  settled: boolean;
}
