/** One recorded delivery: a file that holds the body of one POST from Event Grid. */
export interface Recording {
  /** Where the file stands below the common folder of all recordings, with `/` between the parts on every system. */
  readonly name: string;
  /** The recorded body. */
  readonly text: string;
}
