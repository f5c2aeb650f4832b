/** A notification hub, taken apart from its resource id. */
export interface HubResource {
  readonly id: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly namespace: string;
  readonly name: string;
}

const shape =
  /^\/subscriptions\/([\w-]+)\/resourceGroups\/([\w.()-]+)\/providers\/Microsoft\.NotificationHubs\/namespaces\/([\w-]+)\/notificationHubs\/([\w./-]+?)\/?$/i;

/** Takes the resource id of a notification hub apart; undefined when the text is none. Azure writes ids in any case. */
export function parseHubResource(id: string): HubResource | undefined {
  const [, subscriptionId, resourceGroup, namespace, name] = shape.exec(id.trim()) ?? [];
  if (
    subscriptionId === undefined ||
    resourceGroup === undefined ||
    namespace === undefined ||
    name === undefined
  ) {
    return undefined;
  }
  return { id: id.trim().replace(/\/$/, ''), subscriptionId, resourceGroup, namespace, name };
}
