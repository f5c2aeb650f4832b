import { type HubResource, parseHubResource } from '../arm/hub-resource.ts';
import { inputUnusable } from '../input-unusable.ts';

/**
 * The hub that an option names by its resource id; undefined when the option was not given.
 *
 * @throws RelayError `INPUT_UNUSABLE` when it is none
 */
export function readHubOption(option: string, id: string | undefined): HubResource | undefined {
  if (id === undefined) return undefined;
  const resource = parseHubResource(id);
  if (resource !== undefined) return resource;
  throw inputUnusable(
    `${option} must be the resource id of a notification hub: az notification-hub show --resource-group <group> --namespace-name <namespace> --notification-hub-name <hub> --query id`,
  );
}
