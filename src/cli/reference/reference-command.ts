import type { Command } from 'commander';
import { loadConfig } from '../../config/load-config.ts';
import type { Environment } from '../../config/settings-reader.ts';
import { createReference, createUserReference } from '../../telemetry/references.ts';
import { appIoOfProcess, type CliContext, inputUnusable, readSettings } from '../io.ts';

const afterHelp = `
References are computed with the key of the alert hub. Uses the app's settings: the environment, then "Values" of
local.settings.json in this folder.

Examples:
  acs-relay reference --call 5228a52a-592a-4363-adb4-dad5656bf6f9
  acs-relay reference --thread 19:abc@thread.v2 --message 1795338000123`;

/** The ids to find in the logs. */
interface LookupIds {
  readonly call?: string;
  readonly message?: string;
  readonly thread?: string;
  readonly user?: string;
}

/** Adds `acs-relay reference`: log lines contain references in place of the ids of calls, messages, threads and users. */
export function referenceCommand(program: Command, { io }: CliContext): void {
  program
    .command('reference')
    .description('Prints the reference by which log lines name a call, message, thread or user.')
    .option('--call <id>', 'call id: the correlationId of the events')
    .option('--thread <id>', 'thread id')
    .option('--message <id>', 'message id, together with --thread')
    .option('--user <rawId>', 'user, such as 8:acs:…')
    .addHelpText('after', afterHelp)
    .action((ids: LookupIds) => io.out(describeReferences(ids, readSettings(appIoOfProcess(io)))));
}

/**
 * One line for each id: the log field, and the reference in it.
 *
 * @throws RelayError `CONFIG_INVALID`, or `INPUT_UNUSABLE` without an id or for a message without a thread
 */
export function describeReferences(ids: LookupIds, env: Environment): string {
  const { call, message, thread, user } = ids;
  if (message !== undefined && thread === undefined) {
    throw inputUnusable('--message requires --thread: a message reference is computed from both ids.');
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
  if (lines.length === 0) throw inputUnusable('Give at least one of --call, --thread, --message and --user.');
  return lines.map((line) => `${line}\n`).join('');
}
