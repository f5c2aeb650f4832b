/** Which letters are meant. */
export interface LetterFilter {
  /** What their names begin with, such as `2026/11/22`. */
  readonly prefix?: string | undefined;
  /** The relay's reason or Event Grid's, in any case. */
  readonly reason?: string | undefined;
}
