import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { type App, composeApp } from '../app/compose-app.ts';
import { readLocalSettings } from '../config/local-settings.ts';
import type { Environment } from '../config/settings-reader.ts';
import { parseUserId } from '../devices/registration.ts';
import { RelayError } from '../errors/errors.ts';

/** The process that a command runs in. Tests provide their own. */
export interface CliIo {
  /** Writes results to standard output. */
  readonly out: (text: string) => void;
  /** Writes errors and warnings to standard error. */
  readonly err: (text: string) => void;
  /** Folder that relative paths start from. */
  readonly cwd: string;
}

/** The process of a command that reads the app's settings and may ask before it acts. */
export interface AppIo extends CliIo {
  /** The environment variables of the process. */
  readonly env: Environment;
  /** Asks the user a yes/no question. Absent when standard input is not a terminal. */
  readonly ask?: (question: string) => Promise<boolean>;
}

/**
 * The exit codes of `acs-relay`: `same` for success, `different` when the command ran and found a problem, `unusable` when
 * the input does not let it run. Public: scripts rely on the numbers.
 */
export const exitCode = { same: 0, different: 1, unusable: 2 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export interface CliContext {
  readonly io: CliIo;
  /** Sets the exit code of the program; 0 when never called. */
  readonly end: (code: ExitCode) => void;
}

/** Called once, before the arguments are parsed. */
export type CliCommand = (program: Command, context: CliContext) => void;

/** @param message says which input and how to fix it; the program prints it and exits with 2 */
export function inputUnusable(message: string, cause?: unknown): RelayError {
  return new RelayError({ code: 'INPUT_UNUSABLE', class: 'user', message, cause });
}

/** Extends `io` by the environment of this process and, when standard input is a terminal, by a way to ask. */
export function appIoOfProcess(io: CliIo): AppIo {
  return { ...io, env: process.env, ...(process.stdin.isTTY ? { ask } : {}) };
}

/**
 * The settings of the app: `Values` of local.settings.json in the current folder, overridden by the environment.
 *
 * @throws RelayError `CONFIG_INVALID` when local.settings.json is malformed
 */
export function readSettings({ cwd, env }: Pick<AppIo, 'cwd' | 'env'>): Environment {
  return { ...readLocalSettings(cwd), ...env };
}

/**
 * Composes the app from its settings, prints their warnings, runs `work`, and closes the app's connections.
 *
 * @throws RelayError `CONFIG_INVALID` or `HUB_TRANSPORT_NOT_INSTALLED`, and what `work` throws
 */
export async function withApp<Result>(io: AppIo, work: (app: App) => Promise<Result>): Promise<Result> {
  const app = await composeApp(readSettings(io));
  try {
    for (const warning of app.warnings) io.err(`acs-relay: ${warning}\n`);
    return await work(app);
  } finally {
    await app.close();
  }
}

/**
 * Normalizes a user id from the command line.
 *
 * @throws RelayError `INPUT_UNUSABLE` for an id that no device can be registered for
 */
export function parseUser(text: string): string {
  const parsed = parseUserId(text);
  if (parsed.kind === 'invalid') throw inputUnusable(parsed.problem);
  return parsed.userId;
}

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The end of the input means no.
  const ended = once(terminal, 'close').then(() => '');
  try {
    const answer = await Promise.race([terminal.question(question), ended]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
