import { probeHub } from '../../notification-hubs/probe.ts';
import type { Clock } from '../../shared/time.ts';
import { type AcsResource, type CommunicationService, resolveAcs } from '../arm/communication.ts';
import { type HubResource, parseHubResource, readHubOption } from '../arm/hub-resource.ts';
import { type Arm, type AzureIo, openArm } from '../arm/open-arm.ts';
import { type ExitCode, exitCode, inputUnusable } from '../io.ts';
import { printable, shellWord } from '../terminal.ts';
import { fetchConnection, type LinkOptions, readConnection } from './connection.ts';
import { explainLinkFailure, explainProbe, type Refusal, wrongSubscription } from './refusal.ts';

const doubleRinging =
  'If this relay runs as well, apps that register for native push receive every call and message twice. Use only one of the two.\n';

/**
 * `acs-relay link`: links a notification hub to an ACS resource for native push, after testing the key; with `--show`
 * prints the linked hub. The connection string is never printed.
 *
 * @returns 0, or 1 when no hub was linked
 * @throws RelayError `INPUT_UNUSABLE` or `HUB_CONNECTION_STRING_INVALID`
 */
export async function runLink(options: LinkOptions, io: AzureIo, clock: Clock): Promise<ExitCode> {
  const hub = options.show === true ? undefined : readHubOption('--hub', options.hub ?? '');
  const sources = [options.rule, options.connectionStringEnv, options.connectionStringStdin];
  if (sources.filter((source) => source !== undefined).length > 1) {
    throw inputUnusable('Pass only one of --rule, --connection-string-env and --connection-string-stdin.');
  }
  const arm = await openArm(options.armEndpoint, io);
  const subscription = options.subscription ?? hub?.subscriptionId ?? io.env['AZURE_SUBSCRIPTION_ID'];
  const found = await resolveAcs(options.acs, subscription, arm);
  if (found.kind === 'failed') return refuse(io, found);
  const service = found.kind === 'found' ? await arm.communicationService(found.value) : found;
  if (found.kind === 'missing' || service.kind === 'missing') {
    const why = `The ACS resource ${options.acs} does not exist.`;
    return refuse(io, { why, fix: 'az communication list --query "[].id"\nPass one of these to --acs.' });
  }
  if (service.kind === 'failed') return refuse(io, service);
  if (hub === undefined) {
    io.out(showLink(found.value, service.value));
    return exitCode.same;
  }
  if (!(await mayReplace(service.value.notificationHubId, hub, options, io))) {
    io.out('Nothing was linked.\n');
    return exitCode.different;
  }
  return link(found.value, hub, { options, io, clock, arm });
}

function refuse(io: AzureIo, { why, fix }: Refusal): ExitCode {
  const steps = fix.split('\n').map((step) => `  ${printable(step)}\n`);
  io.err(`acs-relay: ${printable(why)}\n${steps.join('')}`);
  return exitCode.different;
}

function showLink(acs: AcsResource, { notificationHubId }: CommunicationService): string {
  if (notificationHubId === undefined) {
    return `${acs.name}: no hub is linked, so ACS sends no pushes.\n`;
  }
  const hub = parseHubResource(notificationHubId);
  const id = printable(notificationHubId);
  const name = hub === undefined ? id : `${hub.name} in namespace ${hub.namespace}`;
  return `${acs.name}: linked to ${name}.\n${id}\n${doubleRinging}`;
}

async function mayReplace(
  linkedId: string | undefined,
  hub: HubResource,
  { yes = false }: LinkOptions,
  io: AzureIo,
): Promise<boolean> {
  if (linkedId === undefined || linkedId.toLowerCase() === hub.id.toLowerCase() || yes) return true;
  const now = printable(parseHubResource(linkedId)?.name ?? linkedId);
  if (io.ask === undefined) {
    throw inputUnusable(`Hub ${now} is linked. To replace it with ${hub.name}, add --yes.`);
  }
  return io.ask(`Hub ${now} is linked. Replace it with ${hub.name}? (y/N) `);
}

interface LinkContext {
  readonly options: LinkOptions;
  readonly io: AzureIo;
  readonly clock: Clock;
  readonly arm: Arm;
}

async function link(
  acs: AcsResource,
  hub: HubResource,
  { options, io, clock, arm }: LinkContext,
): Promise<ExitCode> {
  // Azure would reject this, so the key is not sent there.
  if (acs.subscriptionId.toLowerCase() !== hub.subscriptionId.toLowerCase()) {
    return refuse(io, wrongSubscription(acs, hub));
  }
  const given = options.connectionStringEnv !== undefined || options.connectionStringStdin === true;
  const chosen = given
    ? await readConnection(hub, options, io, arm)
    : await fetchConnection(hub, options, arm);
  if (chosen.kind === 'none') return refuse(io, chosen);
  const { connection, text, policy } = chosen;
  io.out(`${printable(policy)}\n`);
  const { probe } = await probeHub({ connection, hubName: hub.name }, clock);
  const problem = explainProbe(probe, hub, connection.keyName);
  if (problem !== undefined) return refuse(io, problem);
  io.out('The hub accepts the key. No push was sent.\n');
  const toLink = { resourceId: hub.id, connectionString: text, key: connection.key };
  const linked = await arm.linkHub(acs, toLink);
  if (linked.kind === 'failed') return refuse(io, explainLinkFailure(linked, acs, hub));
  if (linked.kind === 'missing') {
    const why = `Azure did not find the ACS resource ${acs.name} or the hub ${hub.name}.`;
    return refuse(io, { why, fix: `az resource show --ids ${shellWord(acs.id)} ${shellWord(hub.id)}` });
  }
  const after = await arm.communicationService(acs);
  const now = after.kind === 'found' ? after.value.notificationHubId : undefined;
  if (now?.toLowerCase() !== hub.id.toLowerCase()) {
    const why = `Azure accepted the link, but ${now === undefined ? 'does not show it yet' : `still shows ${now}`}.`;
    return refuse(io, {
      why,
      fix: `acs-relay link --show --acs ${shellWord(acs.id)}\nCheck again in a few minutes.`,
    });
  }
  io.out(`${hub.name} is linked to ${acs.name}. ACS starts using it within 10 minutes.\n`);
  io.out(doubleRinging);
  return exitCode.same;
}
