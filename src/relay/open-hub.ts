import type { HubPair, HubSettings } from '../config/relay-config.ts';
import { createDirectSendClient } from '../notification-hubs/direct-send-client.ts';
import type { HubTransports } from '../notification-hubs/transports/hub-transports.ts';
import type { Clock } from '../shared/time.ts';
import type { HubClients } from './relay-deps.ts';

/**
 * The clients of a hub and, where configured, of its stand-in. Nothing is connected to before it is needed.
 *
 * @throws RelayError `HUB_TRANSPORT_NOT_INSTALLED`
 */
export async function openHub(
  { primary, secondary }: HubPair,
  transports: Pick<HubTransports, 'open'>,
  clock: Clock,
): Promise<HubClients> {
  const open = async (hub: HubSettings) =>
    createDirectSendClient({ hub, transport: await transports.open(hub.connection), clock });
  return secondary === undefined ? [await open(primary)] : [await open(primary), await open(secondary)];
}
