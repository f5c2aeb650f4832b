import type { AcsResource } from '../../arm/communication.ts';
import { type HubResource, parseHubResource } from '../../arm/hub-resource.ts';
import type { Arm } from '../../arm/open-arm.ts';
import { shellWord } from '../../terminal.ts';
import { type Finding, unanswered } from '../finding.ts';

/** What ACS itself pushes through. */
interface CheckedLink {
  readonly finding: Finding;
  /** The linked hub, when there is one that exists. */
  readonly hub?: HubResource;
}

/**
 * Is a hub linked to the ACS resource? For native push one must be, and it must exist ("Communication Services
 * notifications", troubleshooting). Beside the relay none should be: an app that registers for native push too rings
 * twice. Azure does not tell whether an app does.
 */
export async function checkLinkedHub(
  acs: AcsResource,
  nativePush: boolean,
  arm: Pick<Arm, 'communicationService' | 'hub'>,
): Promise<CheckedLink> {
  const point = { check: 'linked-hub', about: acs.name } as const;
  const answer = await arm.communicationService(acs);
  if (answer.kind === 'failed') return { finding: unanswered('linked-hub', acs.name, answer) };
  if (answer.kind === 'missing') {
    return {
      finding: {
        kind: 'wrong',
        check: 'acs',
        about: acs.name,
        why: 'There is no such ACS resource: it was removed or renamed, or the resource group is another one.',
        mend: 'az communication list --query "[].id"\nGive --acs one of these.',
      },
    };
  }
  const { notificationHubId } = answer.value;
  if (nativePush) return nativeLink(acs, notificationHubId, arm);
  if (notificationHubId === undefined) {
    const why = 'No hub is linked for native push, so this relay alone rings.';
    return { finding: { kind: 'ok', ...point, why } };
  }
  const name = parseHubResource(notificationHubId)?.name ?? notificationHubId;
  return {
    finding: {
      kind: 'wrong',
      ...point,
      why: `The hub ${name} is linked for native push. Apps that register for it get every call and message twice, from ACS and from this relay.`,
      mend: 'Take registerPushNotification (iOS: registerPushNotifications) out of the apps, and let them call unregisterPushNotification once for each user. Then disconnect the hub in the Azure portal, page "Push notifications" of the ACS resource.\nWithout this relay a linked hub is right: give --native-push.',
    },
  };
}

async function nativeLink(
  acs: AcsResource,
  hubId: string | undefined,
  arm: Pick<Arm, 'hub'>,
): Promise<CheckedLink> {
  const point = { check: 'linked-hub', about: acs.name } as const;
  const link = (id: string) => `acs-relay link --acs ${shellWord(acs.id)} --hub ${id}`;
  const anyHub = link('<resource id of the hub>');
  if (hubId === undefined) {
    const why = 'No hub is linked, so ACS itself pushes nothing.';
    return { finding: { kind: 'wrong', ...point, why, mend: anyHub } };
  }
  const hub = parseHubResource(hubId);
  if (hub === undefined) {
    const why = 'What is linked is not the resource id of a notification hub.';
    return { finding: { kind: 'wrong', ...point, why, mend: anyHub } };
  }
  if (hub.subscriptionId.toLowerCase() !== acs.subscriptionId.toLowerCase()) {
    const why = `The linked hub ${hub.name} is in another subscription than the ACS resource.`;
    return { finding: { kind: 'wrong', ...point, why, mend: anyHub } };
  }
  const exists = await arm.hub(hub);
  if (exists.kind === 'failed') return { finding: unanswered('linked-hub', acs.name, exists) };
  if (exists.kind === 'missing') {
    const why = `The linked hub ${hub.name} in the namespace ${hub.namespace} is gone.`;
    return { finding: { kind: 'wrong', ...point, why, mend: anyHub } };
  }
  const why = `The hub ${hub.name} in the namespace ${hub.namespace} is linked and exists.`;
  return { hub, finding: { kind: 'ok', ...point, why } };
}
