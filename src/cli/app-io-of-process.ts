import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { AppIo } from './app-io.ts';
import type { CliIo } from './cli-io.ts';

/** Adds the environment of this process, and whoever sits at its terminal, to what a command prints to. */
export function appIoOfProcess(io: CliIo): AppIo {
  return { ...io, env: process.env, ...(process.stdin.isTTY ? { ask } : {}) };
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
