/** What decides, beside notification and device, how a push looks. */
export interface PushOptions {
  /** The current time, epoch milliseconds: the time left is counted from it. */
  readonly nowMs: number;
  /** True when a hub for the `.voip` topic is configured. */
  readonly voipHub: boolean;
  /** BCP 47 tag for devices whose locale has no texts. */
  readonly defaultLocale: string;
}
