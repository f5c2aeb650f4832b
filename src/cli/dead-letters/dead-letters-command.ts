import { type Command, InvalidArgumentError } from 'commander';
import { appIoOfProcess, type CliContext } from '../io.ts';
import { type ListOptions, runList } from './list.ts';
import { type RedriveOptions, runRedrive } from './redrive.ts';
import { runShow, type ShowOptions } from './show.ts';

const afterHelp = `
Uses the app's settings: the environment, then "Values" of local.settings.json in this folder. --container can also name
the container that Event Grid dead-letters into, in the same storage account.

Exit codes: 0 all done, 1 some not done (or a blob is not a dead letter), 2 unusable input or settings.

Examples:
  acs-relay dead-letters list --prefix 2026/11/22
  acs-relay dead-letters redrive --all --reason rejected --dry-run`;

const afterRedriveHelp = `
Each event goes through the relay as if it had just been delivered: devices that already have it are left out, a call past
its ring time becomes a missed call, and a notification past CHAT_TTL_SECONDS is not sent. When everything in one of the
relay's dead letters is done, it is marked, and later redrives leave it out; Event Grid's dead letters stay unchanged. The
ledger remembers for about three days which devices have an event. After that, a redrive sends it to all devices.`;

/** Adds `acs-relay dead-letters`, which inspects and redrives what the relay or Event Grid dead-lettered. */
export function deadLettersCommand(program: Command, { io, end }: CliContext): void {
  const group = program
    .command('dead-letters')
    .description('Lists, shows and redrives events that could not be delivered.')
    .addHelpText('after', afterHelp);

  withContainer(group.command('list'))
    .description('Lists dead letters, oldest day first, without their content.')
    .option('--prefix <yyyy/mm/dd>', 'only names with this prefix')
    .option('--reason <reason>', 'only this reason, such as poison or rejected')
    .option('--limit <count>', 'list at most this many dead letters', wholeNumber, 100)
    .option('--json', 'print JSON lines instead of a table')
    .action(async (options: ListOptions) => end(await runList(options, appIoOfProcess(io))));

  withContainer(group.command('show'))
    .description('Shows a dead letter with its event; texts, names and users are masked.')
    .argument('<name>', 'name of the dead letter, as printed by list')
    .option('--content', 'show texts, names and users as well')
    .option('--json', 'print JSON')
    .action(async (name: string, options: ShowOptions) =>
      end(await runShow(name, options, appIoOfProcess(io))),
    );

  withContainer(group.command('redrive'))
    .description('Puts the events of dead letters through the relay again.')
    .argument('[names...]', 'names of dead letters, as printed by list')
    .option('--all', 'every dead letter instead of named ones')
    .option('--prefix <yyyy/mm/dd>', 'with --all: only names with this prefix')
    .option('--reason <reason>', 'with --all: only this reason')
    .option('--dry-run', 'print what would be done; send and write nothing')
    .option('--yes', 'send without asking, even more than 10 pushes')
    .option('--again', 'include dead letters that were redriven before')
    .addHelpText('after', afterRedriveHelp)
    .action(async (names: string[], options: RedriveOptions) =>
      end(await runRedrive(names, options, appIoOfProcess(io))),
    );
}

function withContainer(command: Command): Command {
  return command.option('--container <name>', 'blob container of the dead letters', 'dead-letters');
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1 to 999999.');
  return Number(text);
}
