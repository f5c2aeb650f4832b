/** One way to send the push of the benchmarks to one device. */
export interface Sender {
  /** Sends to a device handle of its own for each index; rejects unless the hub took the push. */
  readonly send: (index: number) => Promise<void>;
  readonly close: () => Promise<void>;
}
