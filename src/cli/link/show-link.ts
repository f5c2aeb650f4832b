import type { AcsResource } from '../arm/acs-resource.ts';
import type { CommunicationService } from '../arm/ask-communication.ts';
import { parseHubResource } from '../arm/hub-resource.ts';
import { printable } from '../printable.ts';
import { doubleRinging } from './double-ringing.ts';

/** What `acs-relay link --show` prints. */
export function showLink(acs: AcsResource, { notificationHubId }: CommunicationService): string {
  if (notificationHubId === undefined) {
    return `${acs.name}: no hub is linked. ACS itself pushes nothing.\n`;
  }
  const hub = parseHubResource(notificationHubId);
  const id = printable(notificationHubId);
  const name = hub === undefined ? id : `${hub.name} in the namespace ${hub.namespace}`;
  return `${acs.name}: linked to ${name}.\n${id}\n${doubleRinging}`;
}
