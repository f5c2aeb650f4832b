import { parseHubConnection } from '../../config/hub-connection.ts';
import type { AccessRule } from '../arm/access-rule.ts';
import type { HubResource } from '../arm/hub-resource.ts';
import type { Arm } from '../arm/open-arm.ts';
import { hubNames } from '../doctor/hub-names.ts';
import type { LinkConnection } from './link-connection.ts';
import type { LinkOptions } from './link-options.ts';
import { tooBroad } from './too-broad.ts';

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

const sendAlone = ({ rights }: AccessRule): boolean => rights.length === 1 && rights[0] === 'Send';

function gone(hub: HubResource): LinkConnection {
  return {
    kind: 'none',
    why: `There is no hub ${hub.name} in the namespace ${hub.namespace}.`,
    mend: 'az notification-hub namespace list --query "[].name"\nGive --hub the resource id of a hub.',
  };
}
