import { type HubConnection, parseHubConnection } from '../../config/hub-connection.ts';
import { type HubResource, hubNames, isSameHub } from '../arm/hub-resource.ts';
import type { AccessRule } from '../arm/notification-hubs.ts';
import type { Arm, AzureIo } from '../arm/open-arm.ts';
import { inputUnusable } from '../io.ts';
import type { Refusal } from './refusal.ts';

/** What `acs-relay link` was asked for. */
export interface LinkOptions {
  /** Name or resource id of the ACS resource. */
  readonly acs: string;
  /** Resource id of the hub; needed for everything but `--show`. */
  readonly hub?: string;
  readonly subscription?: string;
  /** Show what is linked, and change nothing. */
  readonly show?: boolean;
  /** The access policy whose connection string is taken. */
  readonly rule?: string;
  /** Environment variable that holds the connection string. */
  readonly connectionStringEnv?: string;
  /** Read the connection string from standard input. */
  readonly connectionStringStdin?: boolean;
  /** Take an access policy with Listen or Manage too. */
  readonly broad?: boolean;
  /** Replace a hub that is linked now, without asking. */
  readonly yes?: boolean;
  /** Origin of Azure Resource Manager. */
  readonly armEndpoint: string;
}

function sendAlone({ rights }: AccessRule): boolean {
  return rights.length === 1 && rights[0] === 'Send';
}

/** The connection string that ACS shall send with. */
type LinkConnection =
  | {
      readonly kind: 'chosen';
      readonly text: string;
      readonly connection: HubConnection;
      /** Which access policy it is of, and what that may do, as a sentence. */
      readonly policy: string;
    }
  /** Azure did not tell, or no access policy fits. */
  | ({ readonly kind: 'none' } & Refusal);

/**
 * Takes the connection string of an access policy of the hub: the one of `--rule`, else the first with Send alone. Makes
 * no policy, and takes none with Listen or Manage unless told to.
 */
export async function fetchConnection(
  hub: HubResource,
  { rule: wanted, broad = false }: Pick<LinkOptions, 'rule' | 'broad'>,
  arm: Pick<Arm, 'accessRules' | 'accessKeys'>,
): Promise<LinkConnection> {
  const rules = await arm.accessRules(hub);
  if (rules.kind === 'failed') return { kind: 'none', why: rules.why, mend: rules.mend };
  if (rules.kind === 'missing') return gone(hub);
  const rule = rules.value.find((each) => (wanted === undefined ? sendAlone(each) : each.name === wanted));
  const create = `az notification-hub authorization-rule create ${hubNames(hub)} --name acs-send --rights Send\nThen run this command again.`;
  if (rule === undefined) {
    const why =
      wanted === undefined
        ? `${hub.name} has no access policy with Send alone.`
        : `${hub.name} has no access policy named ${wanted}.`;
    return { kind: 'none', why, mend: create };
  }
  if (!rule.rights.includes('Send')) {
    return { kind: 'none', why: `The access policy ${rule.name} lacks the right Send.`, mend: create };
  }
  if (!sendAlone(rule) && !broad) return tooBroad(rule, create);
  const keys = await arm.accessKeys(hub, 'hub', rule.name);
  if (keys.kind === 'failed') return { kind: 'none', why: keys.why, mend: keys.mend };
  if (keys.kind === 'missing') return gone(hub);
  const text = keys.value.primaryConnectionString;
  return {
    kind: 'chosen',
    text,
    connection: parseHubConnection(text),
    policy: `Takes the first key of the access policy ${rule.name} of ${hub.name}, which has ${rule.rights.join(', ')}.`,
  };
}

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

function gone(hub: HubResource): LinkConnection {
  return {
    kind: 'none',
    why: `There is no hub ${hub.name} in the namespace ${hub.namespace}.`,
    mend: 'az notification-hub namespace list --query "[].name"\nGive --hub the resource id of a hub.',
  };
}

/** The refusal of an access policy that may do more than ACS needs. */
function tooBroad({ name, rights }: AccessRule, create: string): LinkConnection {
  const more = rights.filter((right) => right !== 'Send').join(' and ');
  return {
    kind: 'none',
    why: `The access policy ${name} has ${more} too. ACS needs Send alone, and whoever holds the string could do the rest.`,
    mend: `${create}\nOr give --broad to take it all the same.`,
  };
}

async function readText(name: string | undefined, io: Pick<AzureIo, 'env' | 'readInput'>): Promise<string> {
  if (name === undefined) return (await io.readInput?.()) ?? '';
  const text = io.env[name] ?? '';
  if (text !== '') return text;
  throw inputUnusable(`The environment variable ${name} of --connection-string-env is empty or not set.`);
}
