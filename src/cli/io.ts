import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { readLocalSettings } from '../config/local-settings.ts';
import type { Environment } from '../config/settings-reader.ts';
import { parseUserId } from '../devices/registration.ts';
import { RelayError } from '../errors/errors.ts';

/** What a command touches of the process it runs in. Tests hand in their own. */
export interface CliIo {
  /** Writes to standard output: what the command found out. */
  readonly out: (text: string) => void;
  /** Writes to standard error: why the command could not do its work. */
  readonly err: (text: string) => void;
  /** Folder that relative paths start from. */
  readonly cwd: string;
}

/** What the commands that work with the app's settings touch of the process they run in. */
export interface AppIo extends CliIo {
  /** The environment variables of the process. */
  readonly env: Environment;
  /** Asks whoever sits at the terminal for a yes. Absent when standard input is no terminal. */
  readonly ask?: (question: string) => Promise<boolean>;
}

/** One of the numbers of {@link exitCode}. */
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** What a command gets from the program it is part of. */
export interface CliContext {
  readonly io: CliIo;
  /** Says how the program ends. Without it, it ends with 0. */
  readonly end: (code: ExitCode) => void;
}

/** Adds one command, with its arguments and options, to the program. One file per command. */
export type CliCommand = (program: Command, context: CliContext) => void;

/**
 * How `acs-relay` ends: `same` when all is as it should be, `different` when the work was done and found something
 * wrong, `unusable` when it could not be done with this input. Public: scripts rely on the numbers.
 */
export const exitCode = { same: 0, different: 1, unusable: 2 } as const;

/** The error for input that a command cannot work with. The program prints its message and ends with 2. */
export function inputUnusable(message: string, cause?: unknown): RelayError {
  return new RelayError({ code: 'INPUT_UNUSABLE', class: 'user', message, cause });
}

/** Adds the environment of this process, and whoever sits at its terminal, to what a command prints to. */
export function appIoOfProcess(io: CliIo): AppIo {
  return { ...io, env: process.env, ...(process.stdin.isTTY ? { ask } : {}) };
}

/**
 * The settings of the app as the command line finds them: `Values` of local.settings.json in the current folder, and
 * the environment, which wins.
 *
 * @throws RelayError `CONFIG_INVALID` when local.settings.json cannot be understood
 */
export function readSettings({ cwd, env }: Pick<AppIo, 'cwd' | 'env'>): Environment {
  return { ...readLocalSettings(cwd), ...env };
}

/**
 * A user id from the command line in its one spelling.
 *
 * @throws RelayError `INPUT_UNUSABLE` for an id that nobody can be pushed to by
 */
export function parseUser(text: string): string {
  const parsed = parseUserId(text);
  if (parsed.kind === 'invalid') throw inputUnusable(parsed.problem);
  return parsed.userId;
}

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The end of the input is a no.
  const ended = once(terminal, 'close').then(() => '');
  try {
    const answer = await Promise.race([terminal.question(question), ended]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
