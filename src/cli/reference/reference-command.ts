import type { Command } from 'commander';
import { loadConfig } from '../../config/load-config.ts';
import { readLocalSettings } from '../../config/local-settings.ts';
import type { Environment } from '../../config/settings-reader.ts';
import { createReference, createUserReference } from '../../telemetry/references.ts';
import { type CliContext, inputUnusable } from '../io.ts';

const afterHelp = `
The names are made with the key of the alert hub. Settings are those of the app, from the environment and from "Values" of
local.settings.json in this folder; the environment wins.

Examples:
  acs-relay reference --call 5228a52a-592a-4363-adb4-dad5656bf6f9
  acs-relay reference --thread 19:abc@thread.v2 --message 1795338000123`;

/** What a log line can be looked up by. */
interface Sought {
  readonly call?: string;
  readonly message?: string;
  readonly thread?: string;
  readonly user?: string;
}

/** Adds `acs-relay reference`: how log lines, which hold no ids, name a call, a message, a thread or a user. */
export function referenceCommand(program: Command, { io }: CliContext): void {
  program
    .command('reference')
    .description('Tells how log lines name a call, a message, a thread or a user.')
    .option('--call <id>', 'call id: the correlationId of the events')
    .option('--thread <id>', 'thread id')
    .option('--message <id>', 'message id, together with --thread')
    .option('--user <rawId>', 'user, such as 8:acs:…')
    .addHelpText('after', afterHelp)
    .action((sought: Sought) =>
      io.out(describeReferences(sought, { ...readLocalSettings(io.cwd), ...process.env })),
    );
}

/**
 * How log lines name a call, a message, a thread or a user, one line each: the field, and what it holds.
 *
 * @throws RelayError `CONFIG_INVALID`, or `INPUT_UNUSABLE` when nothing is sought or a message has no thread
 */
export function describeReferences(sought: Sought, env: Environment): string {
  const { call, message, thread, user } = sought;
  if (message !== undefined && thread === undefined) {
    throw inputUnusable('A message is found by its thread, too: give --thread as well as --message.');
  }
  const { alertHub, logUserIds } = loadConfig(env).config;
  const { key } = alertHub.primary.connection;
  const reference = createReference(key);
  const lines: string[] = [];
  if (call !== undefined) lines.push(`ref   ${reference('call', call)}`);
  if (thread !== undefined) {
    const ref = message === undefined ? reference('thread', thread) : reference('message', thread, message);
    lines.push(`ref   ${ref}`);
  }
  if (user !== undefined) lines.push(`user  ${createUserReference(key, logUserIds)(user)}`);
  if (lines.length === 0) throw inputUnusable('Say what to look for: --call, --thread, --message or --user.');
  return lines.map((line) => `${line}\n`).join('');
}
