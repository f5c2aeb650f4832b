/** An ACS resource, taken apart from its resource id. */
export interface AcsResource {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

const shape =
  /^\/subscriptions\/([\w-]+)\/resourceGroups\/([\w.()-]+)\/providers\/Microsoft\.Communication\/communicationServices\/([\w-]+)\/?$/i;

/** Takes the resource id of an ACS resource apart; undefined when the text is none. Azure writes ids in any case. */
export function parseAcsResource(id: string): AcsResource | undefined {
  const [, subscriptionId, resourceGroup, name] = shape.exec(id.trim()) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || name === undefined) return undefined;
  return { id: id.trim().replace(/\/$/, ''), subscriptionId, resourceGroup, name };
}
