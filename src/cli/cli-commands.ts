import type { CliCommand } from './cli-command.ts';
import { deadLettersCommand } from './dead-letters/dead-letters-command.ts';
import { devicesCommand } from './devices/devices-command.ts';
import { doctorCommand } from './doctor/doctor-command.ts';
import { linkCommand } from './link/link-command.ts';
import { referenceCommand } from './reference/reference-command.ts';
import { replayCommand } from './replay-command.ts';
import { sendCommand } from './send/send-command.ts';

/** Every command of `acs-relay`, in the order in which the help lists them. */
export const cliCommands: readonly CliCommand[] = [
  replayCommand,
  doctorCommand,
  linkCommand,
  sendCommand,
  devicesCommand,
  deadLettersCommand,
  referenceCommand,
];
