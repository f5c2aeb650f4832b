import type { HubSettings } from '../../config/relay-config.ts';
import { inputUnusable } from '../io.ts';
import { shellWord } from '../terminal.ts';

/** A notification hub, parsed from its resource id. */
export interface HubResource {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly namespace: string;
  readonly name: string;
}

const shape =
  /^\/subscriptions\/([\w-]+)\/resourceGroups\/([\w.()-]+)\/providers\/Microsoft\.NotificationHubs\/namespaces\/([\w-]+)\/notificationHubs\/([\w./-]+?)\/?$/i;

/** Parses the resource id of a notification hub, in any case; undefined for any other text. */
export function parseHubResource(id: string): HubResource | undefined {
  const [, subscriptionId, resourceGroup, namespace, name] = shape.exec(id.trim()) ?? [];
  if (
    subscriptionId === undefined ||
    resourceGroup === undefined ||
    namespace === undefined ||
    name === undefined
  ) {
    return undefined;
  }
  return { id: id.trim().replace(/\/$/, ''), subscriptionId, resourceGroup, namespace, name };
}

/**
 * Whether a hub of the settings can be this one in Azure, by the names of hub and namespace. An address without TLS is a
 * local hub, which can represent any namespace.
 */
export function isSameHub({ connection, hubName }: HubSettings, resource: HubResource): boolean {
  const { protocol, hostname } = new URL(connection.endpoint);
  const sameNamespace =
    protocol === 'http:' || hostname.split('.')[0]?.toLowerCase() === resource.namespace.toLowerCase();
  return sameNamespace && hubName.toLowerCase() === resource.name.toLowerCase();
}

/**
 * Parses the resource id in an option; undefined when the option is absent.
 *
 * @throws RelayError `INPUT_UNUSABLE` for anything but the resource id of a hub
 */
export function readHubOption(option: string, id: string | undefined): HubResource | undefined {
  if (id === undefined) return undefined;
  const resource = parseHubResource(id);
  if (resource !== undefined) return resource;
  throw inputUnusable(
    `${option} must be the resource id of a notification hub: az notification-hub show --resource-group <group> --namespace-name <namespace> --notification-hub-name <hub> --query id`,
  );
}

/** The Azure CLI options for the namespace of a hub: `--resource-group … --namespace-name …`. */
export function namespaceNames(hub: HubSettings | HubResource): string {
  if ('resourceGroup' in hub) {
    return `--resource-group ${shellWord(hub.resourceGroup)} --namespace-name ${shellWord(hub.namespace)}`;
  }
  const namespace = new URL(hub.connection.endpoint).hostname.split('.')[0] ?? '';
  // The connection string has no resource group, but the Azure CLI finds it.
  const query = `"[?name=='${namespace}'].resourceGroup"`;
  const group = `"$(az notification-hub namespace list --query ${query} --output tsv)"`;
  return `--resource-group ${group} --namespace-name ${shellWord(namespace)}`;
}

/** The Azure CLI options for a hub: `--resource-group … --namespace-name … --notification-hub-name …`. */
export function hubNames(hub: HubSettings | HubResource): string {
  const name = 'resourceGroup' in hub ? hub.name : hub.hubName;
  return `${namespaceNames(hub)} --notification-hub-name ${shellWord(name)}`;
}
