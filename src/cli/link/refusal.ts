import type { HubProbe } from '../../notification-hubs/probe.ts';
import type { ArmFailure } from '../arm/ask-arm.ts';
import type { AcsResource } from '../arm/communication.ts';
import { type HubResource, hubNames, namespaceNames } from '../arm/hub-resource.ts';
import { shellWord } from '../terminal.ts';

/** Why nothing was linked, and the exact next step, one line for each part of it. */
export interface Refusal {
  readonly why: string;
  readonly mend: string;
}

const again = 'Run this command again in a minute.';

/** Why a key that the hub does not take is not linked. Undefined when the hub takes it. */
export function explainProbe(probe: HubProbe, hub: HubResource, keyName: string): Refusal | undefined {
  switch (probe.kind) {
    case 'accepted':
      return undefined;
    case 'key-refused':
      return {
        why: `The hub ${hub.name} refuses the key (${probe.detail}): it was regenerated.`,
        mend: `az notification-hub authorization-rule list-keys ${hubNames(hub)} --name ${shellWord(keyName)} --query primaryConnectionString --output tsv`,
      };
    case 'send-missing':
      return {
        why: `The access policy ${keyName} lacks the right Send (${probe.detail}).`,
        mend: `az notification-hub authorization-rule create ${hubNames(hub)} --name acs-send --rights Send`,
      };
    case 'hub-missing':
      return {
        why: `The namespace ${hub.namespace} has no hub ${hub.name}.`,
        mend: `az notification-hub list ${namespaceNames(hub)} --query "[].id"`,
      };
    case 'unreachable':
      return {
        why: `The hub gives no answer (${probe.reason}).`,
        mend: 'Look at DNS, firewall and proxy of this network, then run this command again.',
      };
    case 'token-expired':
      return {
        why: `The clock of this machine is too late for the hub (${probe.detail}).`,
        mend: 'Set the clock, then run this command again.',
      };
    case 'unclear':
      return { why: `What the hub answers tells nothing about the key: ${probe.detail}.`, mend: again };
  }
}

/** Why Azure did not link the hub. */
export function explainLinkFailure(failure: ArmFailure, acs: AcsResource, hub: HubResource): Refusal {
  return failure.code === 'WrongSubscription' ? wrongSubscription(acs, hub) : failure;
}

/** A hub can be linked only within one subscription ("Communication Services notifications"). */
export function wrongSubscription(acs: AcsResource, hub: HubResource): Refusal {
  const namespace = `--resource-group ${acs.resourceGroup} --name <namespace> --location <region> --sku Standard`;
  return {
    why: `The hub must be in the subscription of the ACS resource: ${acs.name} is in ${acs.subscriptionId}, ${hub.name} in ${hub.subscriptionId} (WrongSubscription).`,
    mend: `az account set --subscription ${acs.subscriptionId}\naz notification-hub namespace create ${namespace}\nThen make a hub in that namespace and link that one.`,
  };
}
