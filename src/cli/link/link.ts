import { probeHub } from '../../notification-hubs/probe.ts';
import type { Clock } from '../../shared/time.ts';
import { type AcsResource, type CommunicationService, resolveAcs } from '../arm/communication.ts';
import { type HubResource, parseHubResource, readHubOption } from '../arm/hub-resource.ts';
import { type Arm, type AzureIo, openArm } from '../arm/open-arm.ts';
import { type ExitCode, exitCode, inputUnusable } from '../io.ts';
import { printable, shellWord } from '../terminal.ts';
import { fetchConnection, type LinkOptions, readConnection } from './connection.ts';
import { explainLinkFailure, explainProbe, type Refusal, wrongSubscription } from './refusal.ts';

/** What everybody who links a hub beside this relay must know. */
const doubleRinging =
  'If this relay runs too, apps that register for native push get every call and message twice. Use one of the two.\n';

/**
 * `acs-relay link`: links a notification hub to an ACS resource for native push, with a key that was tried first; with
 * `--show` tells which hub is linked. The connection string is never printed.
 *
 * @returns 0, or 1 when nothing was linked
 * @throws RelayError `INPUT_UNUSABLE` or `HUB_CONNECTION_STRING_INVALID`
 */
export async function runLink(options: LinkOptions, io: AzureIo, clock: Clock): Promise<ExitCode> {
  const hub = options.show === true ? undefined : readHubOption('--hub', options.hub ?? '');
  const sources = [options.rule, options.connectionStringEnv, options.connectionStringStdin];
  if (sources.filter((source) => source !== undefined).length > 1) {
    throw inputUnusable('Give one of --rule, --connection-string-env and --connection-string-stdin.');
  }
  const arm = await openArm(options.armEndpoint, io);
  const subscription = options.subscription ?? hub?.subscriptionId ?? io.env['AZURE_SUBSCRIPTION_ID'];
  const found = await resolveAcs(options.acs, subscription, arm);
  if (found.kind === 'failed') return refuse(io, found);
  const service = found.kind === 'found' ? await arm.communicationService(found.value) : found;
  if (found.kind === 'missing' || service.kind === 'missing') {
    const why = `There is no ACS resource ${options.acs}.`;
    return refuse(io, { why, mend: 'az communication list --query "[].id"\nGive --acs one of these.' });
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

function refuse(io: AzureIo, { why, mend }: Refusal): ExitCode {
  const steps = mend.split('\n').map((step) => `  ${printable(step)}\n`);
  io.err(`acs-relay: ${printable(why)}\n${steps.join('')}`);
  return exitCode.different;
}

/** What `acs-relay link --show` prints. */
function showLink(acs: AcsResource, { notificationHubId }: CommunicationService): string {
  if (notificationHubId === undefined) {
    return `${acs.name}: no hub is linked. ACS itself pushes nothing.\n`;
  }
  const hub = parseHubResource(notificationHubId);
  const id = printable(notificationHubId);
  const name = hub === undefined ? id : `${hub.name} in the namespace ${hub.namespace}`;
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
    throw inputUnusable(`The hub ${now} is linked now. Add --yes to put ${hub.name} in its place.`);
  }
  return io.ask(`The hub ${now} is linked now. Put ${hub.name} in its place? (y/N) `);
}

interface Means {
  readonly options: LinkOptions;
  readonly io: AzureIo;
  readonly clock: Clock;
  readonly arm: Arm;
}

async function link(
  acs: AcsResource,
  hub: HubResource,
  { options, io, clock, arm }: Means,
): Promise<ExitCode> {
  // Azure would refuse, so no key is sent there.
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
  io.out('The hub takes the key. Nothing was sent to anyone.\n');
  const toLink = { resourceId: hub.id, connectionString: text, key: connection.key };
  const linked = await arm.linkHub(acs, toLink);
  if (linked.kind === 'failed') return refuse(io, explainLinkFailure(linked, acs, hub));
  if (linked.kind === 'missing') {
    const why = `Azure finds no ACS resource ${acs.name} or no hub ${hub.name}.`;
    return refuse(io, { why, mend: `az resource show --ids ${shellWord(acs.id)} ${shellWord(hub.id)}` });
  }
  const after = await arm.communicationService(acs);
  const now = after.kind === 'found' ? after.value.notificationHubId : undefined;
  if (now?.toLowerCase() !== hub.id.toLowerCase()) {
    const why = `Azure took the link, but ${now === undefined ? 'shows none yet' : `still shows ${now}`}.`;
    return refuse(io, {
      why,
      mend: `acs-relay link --show --acs ${shellWord(acs.id)}\nLook again in some minutes.`,
    });
  }
  io.out(`${hub.name} is linked to ${acs.name}. It takes up to 10 minutes until ACS sends through it.\n`);
  io.out(doubleRinging);
  return exitCode.same;
}
