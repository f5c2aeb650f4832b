import type { Command } from 'commander';
import { readLocalSettings } from '../../config/local-settings.ts';
import type { CliContext } from '../cli-command.ts';
import { describeReferences, type Sought } from './describe-references.ts';

const afterHelp = `
The names are made with the key of the alert hub. Settings are those of the app, from the environment and from "Values" of
local.settings.json in this folder; the environment wins.

Examples:
  acs-relay reference --call 5228a52a-592a-4363-adb4-dad5656bf6f9
  acs-relay reference --thread 19:abc@thread.v2 --message 1795338000123`;

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
