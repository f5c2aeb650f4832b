/** How long Node takes from its start to its end, in milliseconds. Medians over the rounds. */
export interface LoadTime {
  /** A process that loads nothing. */
  readonly emptyMs: number;
  /** What loading the bundle takes on top of that. */
  readonly loadMs: number;
  /** What loading the packages takes on top of that; absent where none were given. */
  readonly packagesMs?: number;
  /** `loadMs` by `packagesMs`. */
  readonly ratio?: number;
  /** The same by processor time, which other work on the machine hardly changes. */
  readonly cpuRatio?: number;
}
