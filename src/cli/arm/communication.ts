import { inputUnusable } from '../io.ts';
import { type ArmAnswer, type AzureAccess, askArm, clientOptions } from './ask-arm.ts';

/** An ACS resource, taken apart from its resource id. */
export interface AcsResource {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** What Azure tells about an ACS resource. */
export interface CommunicationService {
  /** Resource id of the hub that is linked to it for native push, as Azure spells it. */
  readonly notificationHubId?: string;
}

/** Questions about ACS resources. */
export interface CommunicationQuestions {
  readonly communicationService: (acs: AcsResource) => Promise<ArmAnswer<CommunicationService>>;
  /** Resource ids of all ACS resources of a subscription. */
  readonly communicationServiceIds: (subscriptionId: string) => Promise<ArmAnswer<readonly string[]>>;
  /** Links a hub, in place of the one that is linked now. */
  readonly linkHub: (acs: AcsResource, hub: HubToLink) => Promise<ArmAnswer<void>>;
}

/** A hub to link, with the connection string that ACS shall send with. */
interface HubToLink {
  readonly resourceId: string;
  readonly connectionString: string;
  /** The key in the connection string, so that no message repeats it. */
  readonly key: string;
}

const shape =
  /^\/subscriptions\/([\w-]+)\/resourceGroups\/([\w.()-]+)\/providers\/Microsoft\.Communication\/communicationServices\/([\w-]+)\/?$/i;

/** Takes the resource id of an ACS resource apart; undefined when the text is none. Azure writes ids in any case. */
export function parseAcsResource(id: string): AcsResource | undefined {
  const [, subscriptionId, resourceGroup, name] = shape.exec(id.trim()) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || name === undefined) return undefined;
  return { id: id.trim().replace(/\/$/, ''), subscriptionId, resourceGroup, name };
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

/**
 * Finds the ACS resource that `--acs` means: a resource id as it is, a name by looking it up.
 *
 * @param subscriptionId where a name is looked up
 * @throws RelayError `INPUT_UNUSABLE` for what is neither, and for a name without a subscription to look in
 */
export async function resolveAcs(
  text: string,
  subscriptionId: string | undefined,
  arm: Pick<CommunicationQuestions, 'communicationServiceIds'>,
): Promise<ArmAnswer<AcsResource>> {
  const resource = parseAcsResource(text);
  if (resource !== undefined) return { kind: 'found', value: resource };
  if (!/^[\w-]{1,63}$/.test(text)) {
    throw inputUnusable(
      '--acs must be the name or the resource id of an ACS resource: az communication list --query "[].id"',
    );
  }
  if (subscriptionId === undefined) {
    throw inputUnusable(
      `Give --subscription too, or the resource id rather than the name ${text}: az communication list --query "[].id"`,
    );
  }
  const ids = await arm.communicationServiceIds(subscriptionId);
  if (ids.kind !== 'found') return ids;
  const found = ids.value
    .map(parseAcsResource)
    .find((candidate) => candidate?.name.toLowerCase() === text.toLowerCase());
  return found === undefined ? { kind: 'missing' } : { kind: 'found', value: found };
}
