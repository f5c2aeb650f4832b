import type { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import type { ExitCode } from './exit-code.ts';

/** What a command gets from the program it is part of. */
export interface CliContext {
  readonly io: CliIo;
  /** Says how the program ends. Without it, it ends with 0. */
  readonly end: (code: ExitCode) => void;
}

/** Adds one command, with its arguments and options, to the program. One file per command. */
export type CliCommand = (program: Command, context: CliContext) => void;
