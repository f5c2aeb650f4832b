import type { HubProbe } from '../../notification-hubs/probe.ts';
import type { ArmFailure } from '../arm/ask-arm.ts';
import type { AcsResource } from '../arm/communication.ts';
import { type HubResource, hubNames, namespaceNames } from '../arm/hub-resource.ts';
import { shellWord } from '../terminal.ts';

/** Why no hub was linked, and the exact next step, with one line per part. */
export interface Refusal {
  readonly why: string;
  readonly fix: string;
}

const again = 'Run this command again in a minute.';

/** Explains why a hub does not accept a key; undefined when it does. */
export function explainProbe(probe: HubProbe, hub: HubResource, keyName: string): Refusal | undefined {
  switch (probe.kind) {
    case 'accepted':
      return undefined;
    case 'key-refused':
      return {
        why: `Hub ${hub.name} rejects the key (${probe.detail}): it was regenerated.`,
        fix: `az notification-hub authorization-rule list-keys ${hubNames(hub)} --name ${shellWord(keyName)} --query primaryConnectionString --output tsv`,
      };
    case 'send-missing':
      return {
        why: `The access policy ${keyName} lacks the Send right (${probe.detail}).`,
        fix: `az notification-hub authorization-rule create ${hubNames(hub)} --name acs-send --rights Send`,
      };
    case 'hub-missing':
      return {
        why: `The namespace ${hub.namespace} has no hub ${hub.name}.`,
        fix: `az notification-hub list ${namespaceNames(hub)} --query "[].id"`,
      };
    case 'unreachable':
      return {
        why: `The hub does not respond (${probe.reason}).`,
        fix: 'Check the DNS, firewall and proxy of this network, then run this command again.',
      };
    case 'token-expired':
      return {
        why: `This machine's clock is behind the hub's (${probe.detail}).`,
        fix: 'Correct the clock, then run this command again.',
      };
    case 'unclear':
      return { why: `The hub's response says nothing about the key: ${probe.detail}.`, fix: again };
  }
}

/** Explains why Azure did not link the hub. */
export function explainLinkFailure(failure: ArmFailure, acs: AcsResource, hub: HubResource): Refusal {
  return failure.code === 'WrongSubscription' ? wrongSubscription(acs, hub) : failure;
}

/** A hub can be linked only within one subscription ("Communication Services notifications"). */
export function wrongSubscription(acs: AcsResource, hub: HubResource): Refusal {
  const namespace = `--resource-group ${acs.resourceGroup} --name <namespace> --location <region> --sku Standard`;
  return {
    why: `The hub must be in the subscription of the ACS resource: ${acs.name} is in ${acs.subscriptionId}, ${hub.name} in ${hub.subscriptionId} (WrongSubscription).`,
    fix: `az account set --subscription ${acs.subscriptionId}\naz notification-hub namespace create ${namespace}\nThen create a hub in that namespace and link it.`,
  };
}
