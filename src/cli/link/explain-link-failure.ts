import type { AcsResource } from '../arm/acs-resource.ts';
import type { ArmFailure } from '../arm/arm-answer.ts';
import type { HubResource } from '../arm/hub-resource.ts';

/** Why Azure did not link the hub, and what to do. */
export function explainLinkFailure(failure: ArmFailure, acs: AcsResource, hub: HubResource): string {
  return failure.code === 'WrongSubscription'
    ? wrongSubscription(acs, hub)
    : `${failure.why} ${failure.mend}`;
}

/** A hub can be linked only within one subscription ("Communication Services notifications"). */
export function wrongSubscription(acs: AcsResource, hub: HubResource): string {
  return `The hub must be in the subscription of the ACS resource: ${acs.name} is in ${acs.subscriptionId}, ${hub.name} in ${hub.subscriptionId} (WrongSubscription). Make a hub there: az account set --subscription ${acs.subscriptionId} && az notification-hub namespace create --resource-group ${acs.resourceGroup} --name <namespace> --location <region> --sku Standard`;
}
