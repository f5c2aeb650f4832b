import type { Environment } from '../../config/environment.ts';
import type { CliIo } from '../cli-io.ts';

/** What the commands about dead letters touch of the process they run in. */
export interface DeadLettersIo extends CliIo {
  /** The environment variables of the process. */
  readonly env: Environment;
  /** Asks whoever sits at the terminal for a yes. Absent when standard input is no terminal. */
  readonly ask?: (question: string) => Promise<boolean>;
}
