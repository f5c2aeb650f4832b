import { type HubResource, parseHubResource } from '../arm/hub-resource.ts';
import type { Arm } from '../arm/open-arm.ts';
import { inputUnusable } from '../input-unusable.ts';
import type { ConfiguredHub } from './configured-hub.ts';
import type { DoctorOptions } from './doctor-options.ts';
import { findHubResource } from './find-hub-resource.ts';
import type { Finding } from './finding.ts';
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

/** The hub that an option names by its resource id. @throws RelayError `INPUT_UNUSABLE` when it is none */
export function readHubOption(option: string, id: string | undefined): HubResource | undefined {
  if (id === undefined) return undefined;
  const resource = parseHubResource(id);
  if (resource !== undefined) return resource;
  throw inputUnusable(
    `${option} must be the resource id of a notification hub: az notification-hub show --resource-group <group> --namespace-name <namespace> --notification-hub-name <hub> --query id`,
  );
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
      if (ours !== undefined && ours.hub.hubName.toLowerCase() !== named.name.toLowerCase()) {
        findings.push(otherHub(role, named, ours));
      }
      hubs.push({ role, resource: named, ...(ours === undefined ? {} : { configured: ours }) });
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
    why: `The relay sends to the hub ${ours.hub.hubName}, and ${role === 'alert' ? '--hub' : '--voip-hub'} is ${named.name}.`,
    mend: `Give the resource id of ${ours.hub.hubName}, or change the name of the hub beside ${ours.setting}.`,
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
