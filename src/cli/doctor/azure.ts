import { parseAcsResource, resolveAcs } from '../arm/communication.ts';
import { type HubResource, isSameHub, readHubOption } from '../arm/hub-resource.ts';
import type { Arm } from '../arm/open-arm.ts';
import { type CheckedHub, checkHubInAzure, findHubResources } from './azure-hubs.ts';
import { checkEventSubscriptions } from './checks/event-subscriptions.ts';
import { checkLinkedHub } from './checks/linked-hub.ts';
import { checkVoipBundle } from './checks/push-credentials.ts';
import { type Finding, unanswered } from './finding.ts';
import type { ConfiguredHub, DoctorOptions } from './scope.ts';

interface AzureContext {
  readonly options: DoctorOptions;
  readonly hubs: readonly ConfiguredHub[];
  /** Shell text that expands to the resource id of the relay's storage account. */
  readonly storageId: string;
  /** The subscription of the environment, for when no option has one. */
  readonly subscriptionId?: string;
}

/**
 * Every check that needs Azure Resource Manager, in printing order.
 *
 * @throws RelayError `INPUT_UNUSABLE` for an option that is not a resource id
 */
export async function checkAzure(context: AzureContext, arm: Arm): Promise<readonly Finding[]> {
  const { options } = context;
  const subscriptionId =
    options.subscription ??
    (options.acs === undefined ? undefined : parseAcsResource(options.acs)?.subscriptionId) ??
    readHubOption('--hub', options.hub)?.subscriptionId ??
    readHubOption('--voip-hub', options.voipHub)?.subscriptionId ??
    context.subscriptionId;
  const { findings, linked } = await checkAcs(context, subscriptionId, arm);
  if (options.nativePush === true) {
    return [...findings, ...(await checkNativeHub(context, linked, arm))];
  }
  return [...findings, ...(await checkRelayHubs(context, subscriptionId, arm))];
}

async function checkAcs(
  { options, storageId }: AzureContext,
  subscriptionId: string | undefined,
  arm: Arm,
): Promise<{ readonly findings: readonly Finding[]; readonly linked?: HubResource }> {
  const { acs: text, app, nativePush = false } = options;
  if (text === undefined) return { findings: [] };
  const acs = await resolveAcs(text, subscriptionId, arm);
  if (acs.kind === 'failed') return { findings: [unanswered('acs', text, acs)] };
  if (acs.kind === 'missing') {
    const why = 'The subscription has no ACS resource with this name.';
    const fix = 'az communication list --query "[].id"\nPass one of these to --acs.';
    return { findings: [{ kind: 'wrong', check: 'acs', about: text, why, fix }] };
  }
  const link = await checkLinkedHub(acs.value, nativePush, arm);
  const linked = link.hub === undefined ? {} : { linked: link.hub };
  if (nativePush || link.finding.check === 'acs') return { findings: [link.finding], ...linked };
  const context = { acs: acs.value, storageId, ...(app === undefined ? {} : { appId: app }) };
  return { findings: [link.finding, ...(await checkEventSubscriptions(context, arm))] };
}

/** Checks the hub that ACS itself sends through: the linked one, or else the one of `--hub`. */
async function checkNativeHub(
  { options, hubs }: AzureContext,
  linked: HubResource | undefined,
  arm: Arm,
): Promise<readonly Finding[]> {
  const resource = linked ?? readHubOption('--hub', options.hub);
  if (resource === undefined) return [];
  // The linked connection string cannot be read back; the one in the environment is assumed to be the same.
  const [configured] = hubs;
  if (configured === undefined || isSameHub(configured.hub, resource)) {
    return (await checkHubInAzure(resource, configured, options.platforms, arm)).findings;
  }
  const { findings } = await checkHubInAzure(resource, undefined, options.platforms, arm);
  const other: Finding = {
    kind: 'could-not-check',
    check: 'access-policy',
    about: resource.name,
    why: `The connection string in ${configured.setting} belongs to ${configured.hub.hubName}, not to this hub.`,
    fix: `Set ${configured.setting} to the connection string that ACS was linked with.`,
  };
  return [...findings, other];
}

async function checkRelayHubs(
  { options, hubs }: AzureContext,
  subscriptionId: string | undefined,
  arm: Arm,
): Promise<readonly Finding[]> {
  const found = await findHubResources(options, hubs, subscriptionId, arm);
  const checked = new Map<ConfiguredHub['role'], CheckedHub>();
  for (const { role, resource, configured } of found.hubs) {
    const platforms = role.startsWith('voip') ? (['apns'] as const) : options.platforms;
    checked.set(role, await checkHubInAzure(resource, configured, platforms, arm));
  }
  const bundles = (['voip', 'voip-secondary'] as const).flatMap((role) => {
    const voip = checked.get(role)?.hub;
    return voip === undefined ? [] : [checkVoipBundle(voip, checked.get('alert')?.hub)];
  });
  return [...found.findings, ...[...checked.values()].flatMap(({ findings }) => findings), ...bundles];
}
