/** The options of `acs-relay replay`, checked one by one. */
export interface ReplayOptions {
  /** How long after each event the relay gets it, milliseconds. */
  readonly lateMs: number;
  /** Settings of the relay that differ from their defaults, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** File of devices, instead of the sample devices. */
  readonly devices?: string;
  /** Folder of golden files to compare with. */
  readonly expect?: string;
  /** True: write the golden files rather than compare with them. */
  readonly update?: boolean;
  /** File to write a JUnit report to. */
  readonly junit?: string;
  /** True: print JSON lines rather than a table. */
  readonly json?: boolean;
}
