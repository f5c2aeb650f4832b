import type { HubSettings } from '../../config/relay-config.ts';
import type { HubResource } from '../arm/hub-resource.ts';
import { shellWord } from '../shell-word.ts';

/** A hub as the Azure CLI is told of it: `--resource-group … --namespace-name … --notification-hub-name …`. */
export function hubNames(hub: HubSettings | HubResource): string {
  if ('resourceGroup' in hub) return names(shellWord(hub.resourceGroup), hub.namespace, hub.name);
  const namespace = new URL(hub.connection.endpoint).hostname.split('.')[0] ?? '';
  // The connection string does not tell the group, but the Azure CLI finds it.
  const query = `"[?name=='${namespace}'].resourceGroup"`;
  return names(
    `"$(az notification-hub namespace list --query ${query} --output tsv)"`,
    namespace,
    hub.hubName,
  );
}

function names(group: string, namespace: string, hub: string): string {
  return `--resource-group ${group} --namespace-name ${shellWord(namespace)} --notification-hub-name ${shellWord(hub)}`;
}
