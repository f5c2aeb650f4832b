import { inputUnusable } from '../input-unusable.ts';
import { type AcsResource, parseAcsResource } from './acs-resource.ts';
import type { ArmAnswer } from './arm-answer.ts';
import type { CommunicationQuestions } from './ask-communication.ts';

/**
 * Finds the ACS resource that `--acs` means: a resource id as it is, a name by looking it up.
 *
 * @param subscriptionId - where a name is looked up
 * @throws RelayError `INPUT_UNUSABLE` for what is neither, and for a name without a subscription to look in
 */
export async function resolveAcs(
  text: string,
  subscriptionId: string | undefined,
  arm: Pick<CommunicationQuestions, 'communicationServiceIds'>,
): Promise<ArmAnswer<AcsResource>> {
  const resource = parseAcsResource(text);
  if (resource !== undefined) return { kind: 'found', value: resource };
  if (!/^[\w-]{1,63}$/.test(text)) {
    throw inputUnusable(
      '--acs must be the name or the resource id of an ACS resource: az communication list --query "[].id"',
    );
  }
  if (subscriptionId === undefined) {
    throw inputUnusable(
      `Give --subscription too, or the resource id rather than the name ${text}: az communication list --query "[].id"`,
    );
  }
  const ids = await arm.communicationServiceIds(subscriptionId);
  if (ids.kind !== 'found') return ids;
  const found = ids.value
    .map(parseAcsResource)
    .find((candidate) => candidate?.name.toLowerCase() === text.toLowerCase());
  return found === undefined ? { kind: 'missing' } : { kind: 'found', value: found };
}
