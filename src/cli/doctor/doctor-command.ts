import { type Command, InvalidArgumentError, Option } from 'commander';
import { subscriptionId } from '../arm/open-arm.ts';
import { appIoOfProcess, type CliContext } from '../io.ts';
import { runDoctor } from './doctor.ts';
import type { DoctorOptions, Platform } from './scope.ts';

const afterHelp = `
Settings are those of the app, from the environment and from "Values" of local.settings.json in this folder; the
environment wins. Nothing is changed, and nothing is pushed to anyone. Azure is asked only when --acs, --hub, --voip-hub
or --subscription is given, as the user of az login.

Exit codes: 0 nothing is wrong, 1 something is, 2 options that cannot be used.

Examples:
  acs-relay doctor
  acs-relay doctor --acs "$(az communication show -g my-group -n my-acs --query id -o tsv)"`;

/** Adds `acs-relay doctor`: what is wrong between ACS and the phone, and how to mend it. */
export function doctorCommand(program: Command, { io, end }: CliContext): void {
  program
    .command('doctor')
    .description('Checks the settings, storage, hubs and, in Azure, what is deployed.')
    .option('--acs <id>', 'resource id of the ACS resource, or its name')
    .option('--hub <id>', 'resource id of the hub; without it the hub of the settings is looked for')
    .option('--voip-hub <id>', 'resource id of the VoIP hub; without it it is looked for as well')
    .option('--app <id>', 'resource id of the Function App: only deliveries to it count')
    .option('--subscription <id>', 'id of the subscription in which names are looked for', subscriptionId)
    .addOption(
      new Option('--platforms <list>', 'platforms of your apps: apns, fcmv1 or both')
        .argParser(platforms)
        .default(both, 'apns,fcmv1'),
    )
    .option('--native-push', 'check the hub that is linked to ACS, for teams without this relay')
    .option('--arm-endpoint <url>', 'Azure Resource Manager of another cloud', 'https://management.azure.com')
    .option('--json', 'print JSON rather than text')
    .addHelpText('after', afterHelp)
    .action(async (options: DoctorOptions) => end(await runDoctor(options, appIoOfProcess(io), Date.now)));
}

const both: readonly Platform[] = ['apns', 'fcmv1'];

function platforms(text: string): readonly Platform[] {
  const chosen = both.filter((platform) => text.split(',').includes(platform));
  if (chosen.length === 0 || chosen.length !== text.split(',').length) {
    throw new InvalidArgumentError('Give apns, fcmv1, or apns,fcmv1.');
  }
  return chosen;
}
