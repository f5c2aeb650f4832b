import { type Command, InvalidArgumentError } from 'commander';
import type { CliContext } from '../io.ts';
import { type ReplayOptions, runReplay } from './replay.ts';
import { replaySettingNames } from './replay-recording.ts';

const afterHelp = `
Every event goes through the relay's own pipeline at the time it happened, without network or Azure. The same recordings
produce the same output on every run. A file is one delivery: an event or an array of events, in either envelope; use .txt
for a body that may not be JSON. Golden files contain each request to the hub in full, with device handles.

Exit codes: 0 as expected, 1 different from the golden files, 2 unusable input.

Example, in CI:
  acs-relay replay test/recordings --expect test/goldens --junit replay.xml`;

type CommandOptions = Omit<ReplayOptions, 'lateMs' | 'settings'> & {
  readonly late: number;
  readonly setting?: Readonly<Record<string, string>>;
};

/** Adds `acs-relay replay`, which puts recorded events through the relay and compares the results with golden files. */
export function replayCommand(program: Command, { io, end }: CliContext): void {
  program
    .command('replay')
    .description('Replays recorded Event Grid deliveries through the relay.')
    .argument('<paths...>', 'recordings: files, or folders that are searched for .json and .txt files')
    .option('--expect <folder>', 'compare with the golden files in this folder')
    .option('--update', 'write the golden files of --expect instead of comparing with them')
    .option('--junit <file>', 'write a JUnit XML report, one test case per recording')
    .option('--json', 'print JSON lines instead of a table')
    .option('--devices <file>', 'JSON file of devices, instead of a sample iPhone and Android phone')
    .option('--late <seconds>', 'deliver every event this many seconds late', seconds, 0)
    .option('--setting <name=value>', `set ${replaySettingNames.join(', ')}; repeatable`, setting)
    .addHelpText('after', afterHelp)
    .action(async (paths: string[], options: CommandOptions) => {
      const { late, setting: settings = {}, ...rest } = options;
      end(await runReplay(paths, { ...rest, lateMs: late * 1000, settings }, io));
    });
}

function seconds(text: string): number {
  const value = /^\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw new InvalidArgumentError('Give seconds as a number, such as 45.');
  return value;
}

function setting(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [name, ...value] = text.split('=');
  if (!replaySettingNames.some((known) => known === name) || value.length === 0) {
    throw new InvalidArgumentError(`Give one of ${replaySettingNames.join(', ')}, as NAME=value.`);
  }
  return { ...before, [String(name)]: value.join('=') };
}
