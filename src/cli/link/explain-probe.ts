import type { HubProbe } from '../../notification-hubs/probe.ts';
import type { HubResource } from '../arm/hub-resource.ts';
import { hubNames } from '../doctor/hub-names.ts';
import { namespaceNames } from '../doctor/namespace-names.ts';
import { shellWord } from '../shell-word.ts';
import type { Refusal } from './refusal.ts';

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
