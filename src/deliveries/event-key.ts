/** What the ledger needs to know of an event to find its row again: every `RelayEvent` has it. */
export interface EventKey {
  /** Source (compared in lower case), id and type: ids alone are reused by Azure. */
  readonly identity: { readonly source: string; readonly id: string; readonly type: string };
  /**
   * When the event happened, epoch milliseconds. Its UTC day decides the table, never the time of a delivery: a
   * redelivery after midnight must find the same row.
   */
  readonly timeMs: number;
}
