import type { Command } from 'commander';
import { appIoOfProcess, type CliContext } from '../io.ts';
import {
  type AddOptions,
  type ListOptions,
  type RemoveOptions,
  runAdd,
  runList,
  runRemove,
} from './registry.ts';

const afterHelp = `
Uses the app's settings: the environment, then "Values" of local.settings.json in this folder. The commands access storage
directly, with the rules of the device API, and never print a whole handle.

Exit codes: 0 done, 1 no such device to remove, 2 unusable input or settings.

Examples:
  acs-relay devices list 8:acs:clinic_ada
  acs-relay devices add 8:acs:clinic_ada pixel-1 --platform fcmv1 --handle fcm-registration-token:APA91b_0123456789
  acs-relay devices remove 8:acs:clinic_ada pixel-1`;

/** Adds `acs-relay devices`, which works on the device registry of the app. */
export function devicesCommand(program: Command, { io, end }: CliContext): void {
  const group = program
    .command('devices')
    .description('Lists, adds and removes the devices of a user.')
    .addHelpText('after', afterHelp);

  group
    .command('list')
    .description('Lists the devices of a user that can receive pushes.')
    .argument('<user>', 'a rawId such as 8:acs:…')
    .option('--json', 'print JSON lines instead of a table')
    .action(async (user: string, options: ListOptions) =>
      end(await runList(user, options, appIoOfProcess(io))),
    );

  group
    .command('add')
    .description('Registers or renews a device of a user.')
    .argument('<user>', 'a rawId such as 8:acs:…')
    .argument('<device>', 'the id of the device')
    .requiredOption('--platform <platform>', 'apns or fcmv1')
    .requiredOption('--handle <handle>', 'APNs device token or FCM registration token')
    .option('--voip-handle <handle>', 'PushKit token, with apns')
    .option('--locale <tag>', 'language of the texts, such as sv')
    .option('--json', 'print JSON')
    .action(async (user: string, device: string, options: AddOptions) =>
      end(await runAdd(user, device, options, appIoOfProcess(io))),
    );

  group
    .command('remove')
    .description('Removes a device of a user, or all data of the user.')
    .argument('<user>', 'a rawId such as 8:acs:…')
    .argument('[device]', 'the id of the device')
    .option('--all', 'all data of the user instead of one device')
    .option('--json', 'print JSON')
    .action(async (user: string, device: string | undefined, options: RemoveOptions) =>
      end(await runRemove(user, device, options, appIoOfProcess(io))),
    );
}
