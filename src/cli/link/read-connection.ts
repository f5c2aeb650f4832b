import { parseHubConnection } from '../../config/hub-connection.ts';
import type { AzureIo } from '../arm/azure-io.ts';
import type { HubResource } from '../arm/hub-resource.ts';
import { isSameHub } from '../arm/is-same-hub.ts';
import type { Arm } from '../arm/open-arm.ts';
import { hubNames } from '../doctor/hub-names.ts';
import { inputUnusable } from '../input-unusable.ts';
import type { LinkConnection } from './link-connection.ts';
import type { LinkOptions } from './link-options.ts';
import { tooBroad } from './too-broad.ts';

/**
 * Reads the connection string that was given, and looks in Azure at what its access policy may do. Where Azure does not
 * tell, the policy is taken: the hub itself says whether it may send.
 *
 * @throws RelayError `INPUT_UNUSABLE` or `HUB_CONNECTION_STRING_INVALID` for a string that is none, or of another hub
 */
export async function readConnection(
  hub: HubResource,
  options: Pick<LinkOptions, 'connectionStringEnv' | 'broad'>,
  io: Pick<AzureIo, 'env' | 'readInput'>,
  arm: Pick<Arm, 'accessRule'>,
): Promise<LinkConnection> {
  const text = (await readText(options.connectionStringEnv, io)).trim();
  const connection = parseHubConnection(text);
  const hubName = connection.entityPath ?? hub.name;
  if (!isSameHub({ connection, hubName }, hub)) {
    throw inputUnusable(
      `The connection string is not one of the hub ${hub.name} in the namespace ${hub.namespace}: it leads to ${hubName} at ${connection.endpoint}. Copy that of --hub, or leave it out to let this command fetch it.`,
    );
  }
  const ofHub = await arm.accessRule(hub, 'hub', connection.keyName);
  const rule = ofHub.kind === 'missing' ? await arm.accessRule(hub, 'namespace', connection.keyName) : ofHub;
  const create = `az notification-hub authorization-rule create ${hubNames(hub)} --name acs-send --rights Send\nThen run this command again.`;
  if (rule.kind === 'missing') {
    const why = `Neither ${hub.name} nor its namespace has an access policy named ${connection.keyName}.`;
    return { kind: 'none', why, mend: create };
  }
  if (rule.kind === 'failed') {
    const policy = `What the access policy ${connection.keyName} may do could not be looked up. ${rule.why}`;
    return { kind: 'chosen', text, connection, policy };
  }
  const { rights } = rule.value;
  if (rights.some((right) => right !== 'Send') && options.broad !== true) return tooBroad(rule.value, create);
  const policy = `Takes the given key of the access policy ${connection.keyName}, which has ${rights.join(', ')}.`;
  return { kind: 'chosen', text, connection, policy };
}

async function readText(name: string | undefined, io: Pick<AzureIo, 'env' | 'readInput'>): Promise<string> {
  if (name === undefined) return (await io.readInput?.()) ?? '';
  const text = io.env[name] ?? '';
  if (text !== '') return text;
  throw inputUnusable(`The environment variable ${name} of --connection-string-env is empty or not set.`);
}
