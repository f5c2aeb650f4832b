import { type Command, InvalidArgumentError, Option } from 'commander';
import { subscriptionId } from '../arm/open-arm.ts';
import { appIoOfProcess, type CliContext } from '../io.ts';
import { runDoctor } from './doctor.ts';
import type { DoctorOptions, Platform } from './scope.ts';

const afterHelp = `
Uses the app's settings: the environment, then "Values" of local.settings.json in this folder. Changes nothing and sends no
push. Queries Azure, as the user of az login, only with --acs, --hub, --voip-hub or --subscription.

Exit codes: 0 no problem, 1 a problem, 2 unusable options.

Examples:
  acs-relay doctor
  acs-relay doctor --acs "$(az communication show -g my-group -n my-acs --query id -o tsv)"`;

/** Adds `acs-relay doctor`, which finds problems between ACS and the phone. */
export function doctorCommand(program: Command, { io, end }: CliContext): void {
  program
    .command('doctor')
    .description('Checks the settings, storage, hubs and the deployment in Azure.')
    .option('--acs <id>', 'resource id of the ACS resource, or its name')
    .option('--hub <id>', 'resource id of the hub; by default the hub of the settings')
    .option('--voip-hub <id>', 'resource id of the VoIP hub; by default the VoIP hub of the settings')
    .option('--app <id>', 'resource id of the Function App; other apps are ignored')
    .option('--subscription <id>', 'id of the subscription in which names are looked up', subscriptionId)
    .addOption(
      new Option('--platforms <list>', 'platforms of your apps: apns, fcmv1 or both')
        .argParser(platforms)
        .default(both, 'apns,fcmv1'),
    )
    .option('--native-push', 'check native push through the linked hub, without this relay')
    .option('--arm-endpoint <url>', 'Azure Resource Manager of another cloud', 'https://management.azure.com')
    .option('--json', 'print JSON instead of text')
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
