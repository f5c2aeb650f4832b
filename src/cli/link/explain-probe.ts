import type { HubResource } from '../arm/hub-resource.ts';
import { hubNames } from '../doctor/hub-names.ts';
import { namespaceNames } from '../doctor/namespace-names.ts';
import type { HubProbe } from '../hub-probe/hub-probe.ts';
import { shellWord } from '../shell-word.ts';

/** Why a key that the hub does not take is not linked, and what to do. Undefined when the hub takes it. */
export function explainProbe(probe: HubProbe, hub: HubResource, keyName: string): string | undefined {
  switch (probe.kind) {
    case 'accepted':
      return undefined;
    case 'key-refused':
      return `The hub ${hub.name} refuses the key (${probe.detail}): it was regenerated. Get it anew: az notification-hub authorization-rule list-keys ${hubNames(hub)} --name ${shellWord(keyName)}`;
    case 'send-missing':
      return `The access policy ${keyName} lacks the right Send (${probe.detail}). Make one: az notification-hub authorization-rule create ${hubNames(hub)} --name acs-send --rights Send`;
    case 'hub-missing':
      return `The namespace ${hub.namespace} has no hub ${hub.name}. Look which there are: az notification-hub list ${namespaceNames(hub)} --query "[].id"`;
    case 'unreachable':
      return `The hub gives no answer (${probe.reason}). Check the network from here, then run this command again.`;
    case 'token-expired':
      return `The clock of this machine is too late for the hub (${probe.detail}). Set it, then run this command again.`;
    case 'unclear':
      return `What the hub answers tells nothing about the key: ${probe.detail}. Run this command again in a minute.`;
  }
}
