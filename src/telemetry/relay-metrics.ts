/**
 * What the relay counts. Every label takes its values from a closed set: nothing of an event but its known type becomes
 * one. Labels come one by one, so that none is put together where nobody collects them.
 */
export interface RelayMetrics {
  readonly eventEnded: (type: string, end: string) => void;
  readonly pushEnded: (platform: string, kind: string, outcome: string) => void;
  /** HTTP requests to a hub beyond the first of a push. */
  readonly retried: (count: number, platform: string, kind: string) => void;
  /** A ring was sent without the ledger. */
  readonly degraded: () => void;
  readonly deadLettered: (reason: string) => void;
  /** From the time of the event to the hub's acceptance of one ring, milliseconds. */
  readonly rang: (latencyMs: number) => void;
}
