/** What a command touches of the process it runs in. Tests hand in their own. */
export interface CliIo {
  /** Writes to standard output: what the command found out. */
  readonly out: (text: string) => void;
  /** Writes to standard error: why the command could not do its work. */
  readonly err: (text: string) => void;
  /** Folder that relative paths start from. */
  readonly cwd: string;
}
