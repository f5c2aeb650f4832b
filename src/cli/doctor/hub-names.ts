import type { HubSettings } from '../../config/relay-config.ts';
import type { HubResource } from '../arm/hub-resource.ts';
import { shellWord } from '../shell-word.ts';
import { namespaceNames } from './namespace-names.ts';

/** A hub as the Azure CLI is told of it: `--resource-group … --namespace-name … --notification-hub-name …`. */
export function hubNames(hub: HubSettings | HubResource): string {
  const name = 'resourceGroup' in hub ? hub.name : hub.hubName;
  return `${namespaceNames(hub)} --notification-hub-name ${shellWord(name)}`;
}
