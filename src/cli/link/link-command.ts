import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { subscriptionId } from '../arm/open-arm.ts';
import { appIoOfProcess, type CliContext } from '../io.ts';
import type { LinkOptions } from './connection.ts';
import { runLink } from './link.ts';

const afterHelp = `
Linking is for native push: ACS itself sends to the devices that the Calling and Chat SDKs register. This relay needs no
linked hub; with both, apps that register for native push ring twice.

Without a connection string, the command uses the hub's first access policy with only the Send right. It creates no policy,
tests the key before it links, and prints no secret. It queries Azure as the user of az login.

Exit codes: 0 linked or shown, 1 not linked, 2 unusable options.

Examples:
  acs-relay link --show --acs my-acs --subscription "$(az account show --query id -o tsv)"
  acs-relay link --acs my-acs --hub "$(az notification-hub show -g my-group --namespace-name my-ns -n my-hub --query id -o tsv)"`;

/** Adds `acs-relay link`, which links the hub that ACS itself sends through. */
export function linkCommand(program: Command, { io, end }: CliContext): void {
  program
    .command('link')
    .description('Links a notification hub to the ACS resource for native push, or shows the linked one.')
    .requiredOption('--acs <id>', 'resource id of the ACS resource, or its name')
    .option('--hub <id>', 'resource id of the hub to link')
    .option('--show', 'show the linked hub, and change nothing')
    .option('--subscription <id>', 'id of the subscription in which a name is looked up', subscriptionId)
    .option('--rule <name>', 'access policy of the hub whose connection string is used')
    .option('--connection-string-env <name>', 'environment variable that holds the connection string')
    .option('--connection-string-stdin', 'read the connection string from standard input')
    .option('--broad', 'accept an access policy that also has Listen or Manage')
    .option('--yes', 'replace the linked hub without asking')
    .option('--arm-endpoint <url>', 'Azure Resource Manager of another cloud', 'https://management.azure.com')
    .addHelpText('after', afterHelp)
    .action(async (options: LinkOptions) => {
      const azureIo = { ...appIoOfProcess(io), readInput: () => text(process.stdin) };
      end(await runLink(options, azureIo, Date.now));
    });
}
