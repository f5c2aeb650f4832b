import type { HubSettings } from '../../config/relay-config.ts';
import type { HubResource } from './hub-resource.ts';

/**
 * Whether a hub of the settings can be this one in Azure, by the names of hub and namespace. An address without TLS is
 * that of a local hub, which stands in for any namespace.
 */
export function isSameHub({ connection, hubName }: HubSettings, resource: HubResource): boolean {
  const { protocol, hostname } = new URL(connection.endpoint);
  const sameNamespace =
    protocol === 'http:' || hostname.split('.')[0]?.toLowerCase() === resource.namespace.toLowerCase();
  return sameNamespace && hubName.toLowerCase() === resource.name.toLowerCase();
}
