import type { AcsResource } from '../../arm/communication.ts';
import { type HubResource, parseHubResource } from '../../arm/hub-resource.ts';
import type { Arm } from '../../arm/open-arm.ts';
import { shellWord } from '../../terminal.ts';
import { type Finding, unanswered } from '../finding.ts';

interface CheckedLink {
  readonly finding: Finding;
  /** The linked hub, when it exists. */
  readonly hub?: HubResource;
}

/**
 * Is a hub linked to the ACS resource? Native push requires one that exists ("Communication Services notifications",
 * troubleshooting). With the relay none should be linked: an app that also registers for native push rings twice. Azure
 * does not show whether an app does.
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
        why: 'The ACS resource does not exist: it was deleted or renamed, or is in another resource group.',
        fix: 'az communication list --query "[].id"\nPass one of these to --acs.',
      },
    };
  }
  const { notificationHubId } = answer.value;
  if (nativePush) return nativeLink(acs, notificationHubId, arm);
  if (notificationHubId === undefined) {
    const why = 'No hub is linked for native push, so only this relay sends pushes.';
    return { finding: { kind: 'ok', ...point, why } };
  }
  const name = parseHubResource(notificationHubId)?.name ?? notificationHubId;
  return {
    finding: {
      kind: 'wrong',
      ...point,
      why: `Hub ${name} is linked for native push. Apps that register for native push receive every call and message twice: from ACS and from this relay.`,
      fix: 'Remove registerPushNotification (iOS: registerPushNotifications) from the apps, and call unregisterPushNotification once per user. Then disconnect the hub in the Azure portal, on the page "Push notifications" of the ACS resource.\nIf you do not use this relay, a linked hub is correct: pass --native-push.',
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
    const why = 'No hub is linked, so ACS sends no pushes.';
    return { finding: { kind: 'wrong', ...point, why, fix: anyHub } };
  }
  const hub = parseHubResource(hubId);
  if (hub === undefined) {
    const why = 'The linked resource is not a notification hub.';
    return { finding: { kind: 'wrong', ...point, why, fix: anyHub } };
  }
  if (hub.subscriptionId.toLowerCase() !== acs.subscriptionId.toLowerCase()) {
    const why = `The linked hub ${hub.name} is in a different subscription from the ACS resource.`;
    return { finding: { kind: 'wrong', ...point, why, fix: anyHub } };
  }
  const exists = await arm.hub(hub);
  if (exists.kind === 'failed') return { finding: unanswered('linked-hub', acs.name, exists) };
  if (exists.kind === 'missing') {
    const why = `The linked hub ${hub.name} in namespace ${hub.namespace} no longer exists.`;
    return { finding: { kind: 'wrong', ...point, why, fix: anyHub } };
  }
  const why = `Hub ${hub.name} in namespace ${hub.namespace} is linked and exists.`;
  return { hub, finding: { kind: 'ok', ...point, why } };
}
