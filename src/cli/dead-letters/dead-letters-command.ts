import { type Command, InvalidArgumentError } from 'commander';
import { appIoOfProcess, type CliContext } from '../io.ts';
import { type ListOptions, runList } from './list.ts';
import { runRedrive } from './redrive.ts';
import type { RedriveOptions } from './redrive-letters.ts';
import { runShow, type ShowOptions } from './show.ts';

const afterHelp = `
Settings are those of the app, from the environment and from "Values" of local.settings.json in this folder; the
environment wins. The container may also be the one that Event Grid dead-letters into, in the same storage account.

Exit codes: 0 all done, 1 some not (or a blob is no dead letter), 2 input or settings that cannot be used.

Examples:
  acs-relay dead-letters list --prefix 2026/11/22
  acs-relay dead-letters redrive --all --reason rejected --dry-run`;

const afterRedriveHelp = `
An event goes through the relay as if it had just been delivered: devices that have it are left out, a call that is past
its ring time becomes a missed call, and what is past CHAT_TTL_SECONDS is not sent. A letter of the relay is marked when
all of it is done, and then left out by later redrives; Event Grid's letters stay as they are. The ledger remembers for
about three days which devices have an event; later, one that was sent to some devices only goes to all of them.`;

/** Adds `acs-relay dead-letters`: what the relay or Event Grid put aside, to look at and to deliver after all. */
export function deadLettersCommand(program: Command, { io, end }: CliContext): void {
  const group = program
    .command('dead-letters')
    .description('Lists, shows and redrives the events that could not be delivered.')
    .addHelpText('after', afterHelp);

  withContainer(group.command('list'))
    .description('Lists dead letters, oldest day first, without what is in them.')
    .option('--prefix <yyyy/mm/dd>', 'only names that begin so')
    .option('--reason <reason>', 'only this reason, such as poison or rejected')
    .option('--limit <count>', 'list so many letters at most', wholeNumber, 100)
    .option('--json', 'print JSON lines rather than a table')
    .action(async (options: ListOptions) => end(await runList(options, appIoOfProcess(io))));

  withContainer(group.command('show'))
    .description('Shows a dead letter with its event, without texts, names and users.')
    .argument('<name>', 'name of the letter, as list prints it')
    .option('--content', 'show texts, names and users, too')
    .option('--json', 'print JSON')
    .action(async (name: string, options: ShowOptions) =>
      end(await runShow(name, options, appIoOfProcess(io))),
    );

  withContainer(group.command('redrive'))
    .description('Puts the events of dead letters through the relay again.')
    .argument('[names...]', 'names of letters, as list prints them')
    .option('--all', 'every letter, rather than named ones')
    .option('--prefix <yyyy/mm/dd>', 'with --all: only names that begin so')
    .option('--reason <reason>', 'with --all: only this reason')
    .option('--dry-run', 'print what would be done, and send and write nothing')
    .option('--yes', 'send without asking, also more than 10 pushes')
    .option('--again', 'also letters that were redriven before')
    .addHelpText('after', afterRedriveHelp)
    .action(async (names: string[], options: RedriveOptions) =>
      end(await runRedrive(names, options, appIoOfProcess(io))),
    );
}

function withContainer(command: Command): Command {
  return command.option('--container <name>', 'blob container of the letters', 'dead-letters');
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 to 999999.');
  return Number(text);
}
