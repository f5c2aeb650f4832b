/** One thing that is wrong with the settings. */
export interface Problem {
  /** The setting, or the settings, by name. */
  readonly setting: string;
  /** What was found. Never a secret. */
  readonly found: string;
  /** What to do about it. */
  readonly mend: string;
}
