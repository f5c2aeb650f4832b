import type { AcsResource } from '../arm/acs-resource.ts';
import type { HubResource } from '../arm/hub-resource.ts';
import type { Refusal } from './refusal.ts';

/** A hub can be linked only within one subscription ("Communication Services notifications"). */
export function wrongSubscription(acs: AcsResource, hub: HubResource): Refusal {
  const namespace = `--resource-group ${acs.resourceGroup} --name <namespace> --location <region> --sku Standard`;
  return {
    why: `The hub must be in the subscription of the ACS resource: ${acs.name} is in ${acs.subscriptionId}, ${hub.name} in ${hub.subscriptionId} (WrongSubscription).`,
    mend: `az account set --subscription ${acs.subscriptionId}\naz notification-hub namespace create ${namespace}\nThen make a hub in that namespace and link that one.`,
  };
}
