import { inputUnusable } from '../io.ts';
import { type ArmAnswer, type AzureAccess, askArm, clientOptions } from './ask-arm.ts';

/** An ACS resource, parsed from its resource id. */
export interface AcsResource {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** The state of an ACS resource in Azure. */
export interface CommunicationService {
  /** Resource id of the hub that is linked for native push, in Azure's spelling. */
  readonly notificationHubId?: string;
}

/** Requests about ACS resources. */
export interface CommunicationQuestions {
  readonly communicationService: (acs: AcsResource) => Promise<ArmAnswer<CommunicationService>>;
  /** Resource ids of all ACS resources of a subscription. */
  readonly communicationServiceIds: (subscriptionId: string) => Promise<ArmAnswer<readonly string[]>>;
  /** Links a hub; it replaces the one that is linked. */
  readonly linkHub: (acs: AcsResource, hub: HubToLink) => Promise<ArmAnswer<void>>;
}

/** A hub to link, with the connection string for ACS. */
interface HubToLink {
  readonly resourceId: string;
  readonly connectionString: string;
  /** The key in the connection string, for redaction. */
  readonly key: string;
}

const shape =
  /^\/subscriptions\/([\w-]+)\/resourceGroups\/([\w.()-]+)\/providers\/Microsoft\.Communication\/communicationServices\/([\w-]+)\/?$/i;

/** Parses the resource id of an ACS resource, in any case; undefined for any other text. */
export function parseAcsResource(id: string): AcsResource | undefined {
  const [, subscriptionId, resourceGroup, name] = shape.exec(id.trim()) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || name === undefined) return undefined;
  return { id: id.trim().replace(/\/$/, ''), subscriptionId, resourceGroup, name };
}

/** Sends requests through `@azure/arm-communication`, which is loaded with the first one. */
export function askCommunication(access: AzureAccess): CommunicationQuestions {
  const open = async (subscriptionId: string) => {
    const { CommunicationServiceManagementClient } = await import('@azure/arm-communication');
    return new CommunicationServiceManagementClient(access.credential, subscriptionId, clientOptions(access));
  };
  return {
    communicationService: (acs) =>
      askArm(`read the ACS resource ${acs.name}`, async (abortSignal) => {
        const client = await open(acs.subscriptionId);
        const { notificationHubId = '' } = await client.communicationServices.get(
          acs.resourceGroup,
          acs.name,
          { abortSignal },
        );
        return notificationHubId === '' ? {} : { notificationHubId };
      }),
    communicationServiceIds: (subscriptionId) =>
      askArm('list the ACS resources of the subscription', async (abortSignal) => {
        const client = await open(subscriptionId);
        const ids: string[] = [];
        for await (const { id = '' } of client.communicationServices.listBySubscription({ abortSignal }))
          ids.push(id);
        return ids;
      }),
    linkHub: (acs, { resourceId, connectionString, key }) =>
      askArm(
        `link a hub to ${acs.name}`,
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
 * Finds the ACS resource of `--acs`: by its resource id, or by its name in the subscription.
 *
 * @param subscriptionId where a name is looked up
 * @throws RelayError `INPUT_UNUSABLE` for neither, and for a name without a subscription
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
      `The name ${text} requires --subscription. Or pass the resource id: az communication list --query "[].id"`,
    );
  }
  const ids = await arm.communicationServiceIds(subscriptionId);
  if (ids.kind !== 'found') return ids;
  const found = ids.value
    .map(parseAcsResource)
    .find((candidate) => candidate?.name.toLowerCase() === text.toLowerCase());
  return found === undefined ? { kind: 'missing' } : { kind: 'found', value: found };
}
