import { type HubConnection, parseHubConnection } from '../../config/hub-connection.ts';
import { type HubResource, hubNames, isSameHub } from '../arm/hub-resource.ts';
import type { AccessRule } from '../arm/notification-hubs.ts';
import type { Arm, AzureIo } from '../arm/open-arm.ts';
import { inputUnusable } from '../io.ts';
import type { Refusal } from './refusal.ts';

/** The options of `acs-relay link`. */
export interface LinkOptions {
  /** Name or resource id of the ACS resource. */
  readonly acs: string;
  /** Resource id of the hub; required without `--show`. */
  readonly hub?: string;
  readonly subscription?: string;
  /** Show the linked hub, and change nothing. */
  readonly show?: boolean;
  /** The access policy whose connection string is used. */
  readonly rule?: string;
  /** Environment variable that holds the connection string. */
  readonly connectionStringEnv?: string;
  /** Read the connection string from standard input. */
  readonly connectionStringStdin?: boolean;
  /** Accept an access policy that also has Listen or Manage. */
  readonly broad?: boolean;
  /** Replace the linked hub without asking. */
  readonly yes?: boolean;
  /** Origin of Azure Resource Manager. */
  readonly armEndpoint: string;
}

/** The connection string for ACS. */
type LinkConnection =
  | {
      readonly kind: 'chosen';
      readonly text: string;
      readonly connection: HubConnection;
      /** Its access policy with its rights, as a sentence. */
      readonly policy: string;
    }
  /** The request failed, or no access policy is suitable. */
  | ({ readonly kind: 'none' } & Refusal);

/**
 * Fetches the connection string of an access policy of the hub: the one of `--rule`, or else the first with only Send.
 * Creates no policy, and accepts Listen or Manage only with `--broad`.
 */
export async function fetchConnection(
  hub: HubResource,
  { rule: wanted, broad = false }: Pick<LinkOptions, 'rule' | 'broad'>,
  arm: Pick<Arm, 'accessRules' | 'accessKeys'>,
): Promise<LinkConnection> {
  const rules = await arm.accessRules(hub);
  if (rules.kind === 'failed') return { kind: 'none', why: rules.why, fix: rules.fix };
  if (rules.kind === 'missing') return gone(hub);
  const rule = rules.value.find((each) => (wanted === undefined ? sendAlone(each) : each.name === wanted));
  const create = `az notification-hub authorization-rule create ${hubNames(hub)} --name acs-send --rights Send\nThen run this command again.`;
  if (rule === undefined) {
    const why =
      wanted === undefined
        ? `${hub.name} has no access policy with only the Send right.`
        : `${hub.name} has no access policy named ${wanted}.`;
    return { kind: 'none', why, fix: create };
  }
  if (!rule.rights.includes('Send')) {
    return { kind: 'none', why: `The access policy ${rule.name} lacks the Send right.`, fix: create };
  }
  if (!sendAlone(rule) && !broad) return tooBroad(rule, create);
  const keys = await arm.accessKeys(hub, 'hub', rule.name);
  if (keys.kind === 'failed') return { kind: 'none', why: keys.why, fix: keys.fix };
  if (keys.kind === 'missing') return gone(hub);
  const text = keys.value.primaryConnectionString;
  return {
    kind: 'chosen',
    text,
    connection: parseHubConnection(text),
    policy: `Uses the first key of access policy ${rule.name} of ${hub.name}, which has ${rule.rights.join(', ')}.`,
  };
}

/**
 * Reads the given connection string, and looks up the rights of its access policy in Azure. If that fails, the policy is
 * accepted: the hub itself shows whether it may send.
 *
 * @throws RelayError `INPUT_UNUSABLE` or `HUB_CONNECTION_STRING_INVALID` for a malformed string, or one of another hub
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
      `The connection string does not belong to hub ${hub.name} in namespace ${hub.namespace}: it points to ${hubName} at ${connection.endpoint}. Copy the one of the hub in --hub, or omit it to let this command fetch it.`,
    );
  }
  const ofHub = await arm.accessRule(hub, 'hub', connection.keyName);
  const rule = ofHub.kind === 'missing' ? await arm.accessRule(hub, 'namespace', connection.keyName) : ofHub;
  const create = `az notification-hub authorization-rule create ${hubNames(hub)} --name acs-send --rights Send\nThen run this command again.`;
  if (rule.kind === 'missing') {
    const why = `Neither ${hub.name} nor its namespace has an access policy named ${connection.keyName}.`;
    return { kind: 'none', why, fix: create };
  }
  if (rule.kind === 'failed') {
    const policy = `The rights of access policy ${connection.keyName} are unknown. ${rule.why}`;
    return { kind: 'chosen', text, connection, policy };
  }
  const { rights } = rule.value;
  if (rights.some((right) => right !== 'Send') && options.broad !== true) return tooBroad(rule.value, create);
  const policy = `Uses the given key of access policy ${connection.keyName}, which has ${rights.join(', ')}.`;
  return { kind: 'chosen', text, connection, policy };
}

function gone(hub: HubResource): LinkConnection {
  return {
    kind: 'none',
    why: `The namespace ${hub.namespace} has no hub ${hub.name}.`,
    fix: 'az notification-hub namespace list --query "[].name"\nPass the resource id of an existing hub to --hub.',
  };
}

/** The refusal of an access policy with more rights than ACS needs. */
function tooBroad({ name, rights }: AccessRule, create: string): LinkConnection {
  const more = rights.filter((right) => right !== 'Send').join(' and ');
  return {
    kind: 'none',
    why: `The access policy ${name} also has ${more}. ACS needs only Send, and anyone with the connection string could use the other rights.`,
    fix: `${create}\nOr pass --broad to use it anyway.`,
  };
}

async function readText(name: string | undefined, io: Pick<AzureIo, 'env' | 'readInput'>): Promise<string> {
  if (name === undefined) return (await io.readInput?.()) ?? '';
  const text = io.env[name] ?? '';
  if (text !== '') return text;
  throw inputUnusable(`The environment variable ${name} of --connection-string-env is empty or not set.`);
}

function sendAlone({ rights }: AccessRule): boolean {
  return rights.length === 1 && rights[0] === 'Send';
}
