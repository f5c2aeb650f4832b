import type { ArmAnswer } from '../arm/ask-arm.ts';
import {
  type HubResource,
  isSameHub,
  namespaceNames,
  parseHubResource,
  readHubOption,
} from '../arm/hub-resource.ts';
import type { Arm } from '../arm/open-arm.ts';
import { checkAccessPolicy } from './checks/access-policy.ts';
import { checkPushCredentials, type HubWithCredentials } from './checks/push-credentials.ts';
import { type Finding, unanswered } from './finding.ts';
import type { ConfiguredHub, DoctorOptions, Platform } from './scope.ts';

/** The findings about one hub in Azure. */
export interface CheckedHub {
  readonly findings: readonly Finding[];
  /** Absent when its credentials could not be read. */
  readonly hub?: HubWithCredentials;
}

/** The hubs to check in Azure, and the findings about those that were not found. */
interface HubResources {
  readonly hubs: readonly HubToCheck[];
  readonly findings: readonly Finding[];
}

interface HubToCheck {
  readonly role: ConfiguredHub['role'];
  readonly resource: HubResource;
  readonly configured?: ConfiguredHub;
}

/** Finds the hubs of the options and the settings in Azure. */
export async function findHubResources(
  { hub, voipHub }: Pick<DoctorOptions, 'hub' | 'voipHub'>,
  configured: readonly ConfiguredHub[],
  subscriptionId: string | undefined,
  arm: Pick<Arm, 'namespaceIds'>,
): Promise<HubResources> {
  const given = { alert: readHubOption('--hub', hub), voip: readHubOption('--voip-hub', voipHub) };
  const hubs: HubToCheck[] = [];
  const findings: Finding[] = [];
  for (const role of ['alert', 'alert-secondary', 'voip', 'voip-secondary'] as const) {
    const ours = configured.find((each) => each.role === role);
    const named = role === 'alert' || role === 'voip' ? given[role] : undefined;
    if (named !== undefined) {
      const same = ours !== undefined && isSameHub(ours.hub, named);
      if (ours !== undefined && !same) findings.push(otherHub(role, named, ours));
      hubs.push({ role, resource: named, ...(same ? { configured: ours } : {}) });
    } else if (ours !== undefined && subscriptionId !== undefined) {
      const answer = await findHubResource(ours, subscriptionId, arm);
      if (answer.kind === 'found') hubs.push({ role, resource: answer.value, configured: ours });
      else findings.push(notFound(role, ours, answer));
    }
  }
  return { hubs, findings };
}

/**
 * Checks one hub in Azure: does it exist, can it sign in to the push services, may the key of the settings send?
 *
 * @param configured the same hub in the settings; undefined when none is known to be the same
 */
export async function checkHubInAzure(
  resource: HubResource,
  configured: ConfiguredHub | undefined,
  platforms: readonly Platform[],
  arm: Pick<Arm, 'hub' | 'pnsCredentials' | 'accessRule' | 'accessKeys'>,
): Promise<CheckedHub> {
  const about = resource.name;
  const exists = await arm.hub(resource);
  if (exists.kind === 'failed') return { findings: [unanswered('hub', about, exists)] };
  if (exists.kind === 'missing') {
    const why = `The namespace ${resource.namespace} has no hub ${resource.name}.`;
    const fix = `az notification-hub list ${namespaceNames(resource)} --query "[].id"\nPass one of these instead.`;
    return { findings: [{ kind: 'wrong', check: 'hub', about, why, fix }] };
  }
  const findings: Finding[] = [];
  const answer = await arm.pnsCredentials(resource);
  if (answer.kind === 'failed') findings.push(unanswered('push-credentials', about, answer));
  if (answer.kind === 'missing') {
    const why = 'Azure returns the hub, but not its push credentials.';
    const fix = 'Run this command again in a minute: the hub may just have been created or deleted.';
    findings.push({ kind: 'could-not-check', check: 'push-credentials', about, why, fix });
  }
  const credentials = answer.kind === 'found' ? answer.value : undefined;
  if (credentials !== undefined) findings.push(...checkPushCredentials(resource, credentials, platforms));
  if (configured !== undefined) {
    const { connection } = configured.hub;
    findings.push(await checkAccessPolicy(resource, connection, configured.setting, arm));
  }
  return credentials === undefined ? { findings } : { findings, hub: { resource, credentials } };
}

function otherHub(role: string, named: HubResource, ours: ConfiguredHub): Finding {
  return {
    kind: 'wrong',
    check: 'hub',
    about: named.name,
    why: `The relay sends to hub ${ours.hub.hubName} at ${ours.hub.connection.endpoint}, but ${role === 'alert' ? '--hub' : '--voip-hub'} is ${named.name} in namespace ${named.namespace}.`,
    fix: `Pass the resource id of the hub that the relay uses, or set ${ours.setting} to the connection string of the other hub.`,
  };
}

/**
 * Finds a hub of the settings in Azure: the namespace by the host of the connection string, which is unique, and in it
 * the hub by its name.
 */
async function findHubResource(
  { hub: { connection, hubName } }: ConfiguredHub,
  subscriptionId: string,
  arm: Pick<Arm, 'namespaceIds'>,
): Promise<ArmAnswer<HubResource>> {
  const ids = await arm.namespaceIds(subscriptionId);
  if (ids.kind !== 'found') return ids;
  const namespace = new URL(connection.endpoint).hostname.split('.')[0] ?? '';
  const id = ids.value.find((candidate) => candidate.toLowerCase().endsWith(`/namespaces/${namespace}`));
  const resource = id === undefined ? undefined : parseHubResource(`${id}/notificationHubs/${hubName}`);
  return resource === undefined ? { kind: 'missing' } : { kind: 'found', value: resource };
}

function notFound(
  role: string,
  ours: ConfiguredHub,
  answer: Exclude<Awaited<ReturnType<typeof findHubResource>>, { kind: 'found' }>,
): Finding {
  const about = ours.hub.hubName;
  if (answer.kind === 'failed') return unanswered('hub', about, answer);
  const host = new URL(ours.hub.connection.endpoint).hostname;
  const option = role === 'alert' ? '--hub' : '--voip-hub';
  return {
    kind: 'could-not-check',
    check: 'hub',
    about,
    why: `No namespace in the subscription has the address ${host}.`,
    fix: role.endsWith('secondary')
      ? 'Run this command again with --subscription set to the subscription of the secondary hub.'
      : `az notification-hub show --resource-group <group> --namespace-name <namespace> --notification-hub-name ${about} --query id\nPass the output to ${option}.`,
  };
}
