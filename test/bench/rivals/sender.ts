/** A client that sends the push of the benchmarks to one device. */
export interface Sender {
  /** Sends to the device handle of the index. Rejects unless the hub accepts the push. */
  readonly send: (index: number) => Promise<void>;
  readonly close: () => Promise<void>;
}
