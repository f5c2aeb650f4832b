import type { HubResource } from '../arm/hub-resource.ts';
import { isSameHub } from '../arm/is-same-hub.ts';
import type { Arm } from '../arm/open-arm.ts';
import type { ConfiguredHub } from './configured-hub.ts';
import type { DoctorOptions } from './doctor-options.ts';
import { findHubResource } from './find-hub-resource.ts';
import type { Finding } from './finding.ts';
import { readHubOption } from './read-hub-option.ts';
import { unanswered } from './unanswered.ts';

/** A hub to look at in Azure. */
export interface HubToCheck {
  readonly role: ConfiguredHub['role'];
  readonly resource: HubResource;
  readonly configured?: ConfiguredHub;
}

/** The hubs to look at in Azure, and what kept others from being found. */
export interface HubResources {
  readonly hubs: readonly HubToCheck[];
  readonly findings: readonly Finding[];
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

function otherHub(role: string, named: HubResource, ours: ConfiguredHub): Finding {
  return {
    kind: 'wrong',
    check: 'hub',
    about: named.name,
    why: `The relay sends to the hub ${ours.hub.hubName} at ${ours.hub.connection.endpoint}, and ${role === 'alert' ? '--hub' : '--voip-hub'} is ${named.name} in the namespace ${named.namespace}.`,
    mend: `Give the resource id of the hub that the relay sends to, or set ${ours.setting} to the connection string of the other.`,
  };
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
