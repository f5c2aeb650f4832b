import type { ArmAnswer } from '../arm/arm-answer.ts';
import { type HubResource, parseHubResource } from '../arm/hub-resource.ts';
import type { Arm } from '../arm/open-arm.ts';
import type { ConfiguredHub } from './configured-hub.ts';

/**
 * Finds a hub of the settings in Azure: the namespace by the host of the connection string, which no two namespaces
 * share, and in it the hub of that name.
 */
export async function findHubResource(
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
