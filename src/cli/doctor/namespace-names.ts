import type { HubSettings } from '../../config/relay-config.ts';
import type { HubResource } from '../arm/hub-resource.ts';
import { shellWord } from '../shell-word.ts';

/** The namespace of a hub as the Azure CLI is told of it: `--resource-group … --namespace-name …`. */
export function namespaceNames(hub: HubSettings | HubResource): string {
  if ('resourceGroup' in hub) {
    return `--resource-group ${shellWord(hub.resourceGroup)} --namespace-name ${shellWord(hub.namespace)}`;
  }
  const namespace = new URL(hub.connection.endpoint).hostname.split('.')[0] ?? '';
  // The connection string does not tell the group, but the Azure CLI finds it.
  const query = `"[?name=='${namespace}'].resourceGroup"`;
  const group = `"$(az notification-hub namespace list --query ${query} --output tsv)"`;
  return `--resource-group ${group} --namespace-name ${shellWord(namespace)}`;
}
