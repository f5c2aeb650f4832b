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

/** What Azure tells about one hub. */
export interface CheckedHub {
  readonly findings: readonly Finding[];
  /** Absent when Azure did not tell. */
  readonly hub?: HubWithCredentials;
}

/** The hubs to look at in Azure, and what kept others from being found. */
interface HubResources {
  readonly hubs: readonly HubToCheck[];
  readonly findings: readonly Finding[];
}

/** A hub to look at in Azure. */
interface HubToCheck {
  readonly role: ConfiguredHub['role'];
  readonly resource: HubResource;
  readonly configured?: ConfiguredHub;
}

/** Gathers the hubs of the options and of the settings. */
export async function gatherHubResources(
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
 * Looks at one hub in Azure: does it exist, can it sign in to the push services, may the key of the settings send?
 *
 * @param configured the hub of the settings that it is; absent when none of them is known to be
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
    const why = `There is no hub ${resource.name} in the namespace ${resource.namespace}.`;
    const mend = `az notification-hub list ${namespaceNames(resource)} --query "[].id"\nGive one of these.`;
    return { findings: [{ kind: 'wrong', check: 'hub', about, why, mend }] };
  }
  const findings: Finding[] = [];
  const answer = await arm.pnsCredentials(resource);
  if (answer.kind === 'failed') findings.push(unanswered('push-credentials', about, answer));
  if (answer.kind === 'missing') {
    const why = 'Azure shows the hub, but no push credentials of it.';
    const mend = 'Run this command again in a minute: the hub may be new, or on its way out.';
    findings.push({ kind: 'could-not-check', check: 'push-credentials', about, why, mend });
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
    why: `The relay sends to the hub ${ours.hub.hubName} at ${ours.hub.connection.endpoint}, and ${role === 'alert' ? '--hub' : '--voip-hub'} is ${named.name} in the namespace ${named.namespace}.`,
    mend: `Give the resource id of the hub that the relay sends to, or set ${ours.setting} to the connection string of the other.`,
  };
}

/**
 * Finds a hub of the settings in Azure: the namespace by the host of the connection string, which no two namespaces
 * share, and in it the hub of that name.
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
    why: `No namespace of the subscription has the address ${host}.`,
    mend: role.endsWith('secondary')
      ? 'Run this command again with --subscription and the subscription of the secondary hub.'
      : `az notification-hub show --resource-group <group> --namespace-name <namespace> --notification-hub-name ${about} --query id\nGive ${option} what it prints.`,
  };
}
