import type { AcsResource } from '../arm/acs-resource.ts';
import type { ArmFailure } from '../arm/arm-answer.ts';
import type { HubResource } from '../arm/hub-resource.ts';
import type { Refusal } from './refusal.ts';
import { wrongSubscription } from './wrong-subscription.ts';

/** Why Azure did not link the hub. */
export function explainLinkFailure(failure: ArmFailure, acs: AcsResource, hub: HubResource): Refusal {
  return failure.code === 'WrongSubscription' ? wrongSubscription(acs, hub) : failure;
}
