import { Command, CommanderError } from 'commander';
import { RelayError } from '../errors/errors.ts';
import { type CliCommand, type CliIo, type ExitCode, exitCode } from './io.ts';

/**
 * Runs `acs-relay` with the arguments after its name.
 *
 * @returns the exit code: 0 for success, 1 when the command ran and found a problem, 2 for unusable input. Throws only for
 *   a bug in the program itself.
 */
export async function runCli(args: readonly string[], io: CliIo): Promise<ExitCode> {
  let code: ExitCode = exitCode.same;
  const program = new Command('acs-relay')
    .description('Command line of the Azure Communication Services notification relay.')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err });
  const end = (ending: ExitCode) => {
    code = ending;
  };
  for (const load of neededCommands(args)) (await load())(program, { io, end });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has already printed the requested help, or the problem with the arguments.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.same : exitCode.unusable;
    if (!(error instanceof RelayError)) throw error;
    io.err(`acs-relay: ${error.message}\n`);
    return exitCode.unusable;
  }
}

/** Every command, in the order in which the help lists them. */
const commands: ReadonlyMap<string, () => Promise<CliCommand>> = new Map([
  [
    'replay',
    async () => {
      const { replayCommand } = await import('./replay/replay-command.ts');
      return replayCommand;
    },
  ],
  [
    'doctor',
    async () => {
      const { doctorCommand } = await import('./doctor/doctor-command.ts');
      return doctorCommand;
    },
  ],
  [
    'link',
    async () => {
      const { linkCommand } = await import('./link/link-command.ts');
      return linkCommand;
    },
  ],
  [
    'send',
    async () => {
      const { sendCommand } = await import('./send/send-command.ts');
      return sendCommand;
    },
  ],
  [
    'devices',
    async () => {
      const { devicesCommand } = await import('./devices/devices-command.ts');
      return devicesCommand;
    },
  ],
  [
    'dead-letters',
    async () => {
      const { deadLettersCommand } = await import('./dead-letters/dead-letters-command.ts');
      return deadLettersCommand;
    },
  ],
  [
    'reference',
    async () => {
      const { referenceCommand } = await import('./reference/reference-command.ts');
      return referenceCommand;
    },
  ],
]);

// Only the named command is loaded. The help, and the hint for a misspelled command, need all of them.
function neededCommands([name = '']: readonly string[]): Iterable<() => Promise<CliCommand>> {
  const named = commands.get(name);
  return named === undefined ? commands.values() : [named];
}
