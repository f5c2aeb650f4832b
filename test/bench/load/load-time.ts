/** Duration of a Node process from start to exit, in milliseconds. Medians over the rounds. */
export interface LoadTime {
  /** Of a process that loads nothing. */
  readonly emptyMs: number;
  /** What loading the bundle adds. */
  readonly loadMs: number;
  /** What loading the packages adds; absent when none are given. */
  readonly packagesMs?: number;
  /** `loadMs` divided by `packagesMs`. */
  readonly ratio?: number;
  /** The same ratio of CPU time, which other work on the machine hardly changes. */
  readonly cpuRatio?: number;
}
