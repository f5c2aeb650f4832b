import type { AcsResource } from './acs-resource.ts';
import type { ArmAnswer } from './arm-answer.ts';
import { askArm } from './ask-arm.ts';
import type { AzureAccess } from './azure-access.ts';
import { clientOptions } from './client-options.ts';

/** What Azure tells about an ACS resource. */
export interface CommunicationService {
  /** Resource id of the hub that is linked to it for native push, as Azure spells it. */
  readonly notificationHubId?: string;
}

/** A hub to link, with the connection string that ACS shall send with. */
export interface HubToLink {
  readonly resourceId: string;
  readonly connectionString: string;
  /** The key in the connection string, so that no message repeats it. */
  readonly key: string;
}

/** Questions about ACS resources. */
export interface CommunicationQuestions {
  readonly communicationService: (acs: AcsResource) => Promise<ArmAnswer<CommunicationService>>;
  /** Resource ids of all ACS resources of a subscription. */
  readonly communicationServiceIds: (subscriptionId: string) => Promise<ArmAnswer<readonly string[]>>;
  /** Links a hub, in place of the one that is linked now. */
  readonly linkHub: (acs: AcsResource, hub: HubToLink) => Promise<ArmAnswer<void>>;
}

/** Asks about ACS resources through `@azure/arm-communication`, which is loaded at the first question. */
export function askCommunication(access: AzureAccess): CommunicationQuestions {
  const open = async (subscriptionId: string) => {
    const { CommunicationServiceManagementClient } = await import('@azure/arm-communication');
    return new CommunicationServiceManagementClient(access.credential, subscriptionId, clientOptions(access));
  };
  return {
    communicationService: (acs) =>
      askArm(`the ACS resource ${acs.name}`, async (abortSignal) => {
        const client = await open(acs.subscriptionId);
        const { notificationHubId = '' } = await client.communicationServices.get(
          acs.resourceGroup,
          acs.name,
          { abortSignal },
        );
        return notificationHubId === '' ? {} : { notificationHubId };
      }),
    communicationServiceIds: (subscriptionId) =>
      askArm('the ACS resources of the subscription', async (abortSignal) => {
        const client = await open(subscriptionId);
        const ids: string[] = [];
        for await (const { id = '' } of client.communicationServices.listBySubscription({ abortSignal }))
          ids.push(id);
        return ids;
      }),
    linkHub: (acs, { resourceId, connectionString, key }) =>
      askArm(
        `linking a hub to ${acs.name}`,
        async (abortSignal) => {
          const client = await open(acs.subscriptionId);
          await client.communicationServices.linkNotificationHub(acs.resourceGroup, acs.name, {
            linkNotificationHubParameters: { resourceId, connectionString },
            abortSignal,
          });
        },
        { secrets: [connectionString, key] },
      ),
  };
}
