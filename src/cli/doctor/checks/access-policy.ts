import type { HubConnection } from '../../../config/hub-connection.ts';
import type { ArmAnswer } from '../../arm/ask-arm.ts';
import { type HubResource, hubNames, namespaceNames } from '../../arm/hub-resource.ts';
import type { AccessRule, RuleLevel } from '../../arm/notification-hubs.ts';
import type { Arm } from '../../arm/open-arm.ts';
import { shellWord } from '../../terminal.ts';
import { type Finding, unanswered } from '../finding.ts';

type Requests = Pick<Arm, 'accessRule' | 'accessKeys'>;

/**
 * Does the access policy of a connection string have the Send right, and is its key current?
 *
 * @param setting the setting that contains the connection string, for the fix
 */
export async function checkAccessPolicy(
  hub: HubResource,
  connection: HubConnection,
  setting: string,
  arm: Requests,
): Promise<Finding> {
  const point = { check: 'access-policy', about: `${hub.name}, ${connection.keyName}` } as const;
  const names = hubNames(hub);
  const { level, answer } = await findRule(hub, connection.keyName, arm);
  if (answer.kind === 'failed') return unanswered('access-policy', point.about, answer);
  const sendOnly = `az notification-hub authorization-rule create ${names} --name acs-relay-send --rights Send\nSet ${setting} to its connection string.`;
  if (answer.kind === 'missing') {
    const why = `Neither the hub nor its namespace has an access policy named ${connection.keyName}.`;
    return { kind: 'wrong', ...point, why, fix: sendOnly };
  }
  const { rights } = answer.value;
  if (!rights.includes('Send')) {
    const why = rights.length === 0 ? 'It has no rights.' : `It has ${rights.join(', ')}, but not Send.`;
    return { kind: 'wrong', ...point, why, fix: sendOnly };
  }
  const keys = await arm.accessKeys(hub, level, connection.keyName);
  if (keys.kind === 'failed') return unanswered('access-policy', point.about, keys);
  const current = keys.kind === 'found' ? [keys.value.primaryKey, keys.value.secondaryKey] : [];
  if (!current.includes(connection.key)) {
    const list =
      level === 'hub'
        ? `az notification-hub authorization-rule list-keys ${names}`
        : `az notification-hub namespace authorization-rule list-keys ${namespaceNames(hub)}`;
    return {
      kind: 'wrong',
      ...point,
      why: `The key in ${setting} does not belong to this policy: it was regenerated.`,
      fix: `${list} --name ${shellWord(connection.keyName)} --query primaryConnectionString --output tsv\nSet ${setting} to the output.`,
    };
  }
  const more = rights.filter((right) => right !== 'Send');
  const note = more.length === 0 ? '' : ` It also has ${more.join(' and ')}; Send alone is enough.`;
  return { kind: 'ok', ...point, why: `It has Send, and the key is current.${note}` };
}

// A connection string does not show whether its policy belongs to the hub or to the namespace.
async function findRule(
  hub: HubResource,
  rule: string,
  arm: Requests,
): Promise<{ readonly level: RuleLevel; readonly answer: ArmAnswer<AccessRule> }> {
  const answer = await arm.accessRule(hub, 'hub', rule);
  if (answer.kind !== 'missing') return { level: 'hub', answer };
  return { level: 'namespace', answer: await arm.accessRule(hub, 'namespace', rule) };
}
