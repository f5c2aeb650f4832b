import { Command, CommanderError } from 'commander';
import { RelayError } from '../errors/errors.ts';
import { deadLettersCommand } from './dead-letters/dead-letters-command.ts';
import { devicesCommand } from './devices/devices-command.ts';
import { doctorCommand } from './doctor/doctor-command.ts';
import { type CliCommand, type CliIo, type ExitCode, exitCode } from './io.ts';
import { linkCommand } from './link/link-command.ts';
import { referenceCommand } from './reference/reference-command.ts';
import { replayCommand } from './replay/replay-command.ts';
import { sendCommand } from './send/send-command.ts';

/** Every command of `acs-relay`, in the order in which the help lists them. */
const cliCommands: readonly CliCommand[] = [
  replayCommand,
  doctorCommand,
  linkCommand,
  sendCommand,
  devicesCommand,
  deadLettersCommand,
  referenceCommand,
];

/**
 * Runs `acs-relay` with the arguments after its name.
 *
 * @returns the exit code: 0 all is well, 1 the work was done and found differences, 2 the input cannot be used. Only a
 *   fault of the program itself is thrown.
 */
export async function runCli(args: readonly string[], io: CliIo): Promise<ExitCode> {
  let code: ExitCode = exitCode.same;
  const program = new Command('acs-relay')
    .description('Works with the Azure Communication Services notification relay from the command line.')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err });
  const end = (ending: ExitCode) => {
    code = ending;
  };
  for (const addCommand of cliCommands) addCommand(program, { io, end });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has already printed the help it was asked for, or what is wrong with the arguments.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.same : exitCode.unusable;
    if (!(error instanceof RelayError)) throw error;
    io.err(`acs-relay: ${error.message}\n`);
    return exitCode.unusable;
  }
}
