import type { HubResource } from '../arm/hub-resource.ts';
import type { Arm } from '../arm/open-arm.ts';
import { checkAccessPolicy } from './checks/check-access-policy.ts';
import { checkPushCredentials } from './checks/check-push-credentials.ts';
import type { HubWithCredentials } from './checks/check-voip-bundle.ts';
import type { ConfiguredHub } from './configured-hub.ts';
import type { Finding } from './finding.ts';
import { namespaceNames } from './namespace-names.ts';
import type { Platform } from './platform.ts';
import { unanswered } from './unanswered.ts';

/** What Azure tells about one hub. */
export interface CheckedHub {
  readonly findings: readonly Finding[];
  /** Absent when Azure did not tell. */
  readonly hub?: HubWithCredentials;
}

/**
 * Looks at one hub in Azure: does it exist, can it sign in to the push services, may the key of the settings send?
 *
 * @param configured - the hub of the settings that it is; absent when none of them is known to be
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
