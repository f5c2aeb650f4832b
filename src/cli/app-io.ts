import type { Environment } from '../config/settings-reader.ts';
import type { CliIo } from './cli-io.ts';

/** What the commands that work with the app's settings touch of the process they run in. */
export interface AppIo extends CliIo {
  /** The environment variables of the process. */
  readonly env: Environment;
  /** Asks whoever sits at the terminal for a yes. Absent when standard input is no terminal. */
  readonly ask?: (question: string) => Promise<boolean>;
}
