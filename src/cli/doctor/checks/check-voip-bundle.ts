import type { HubResource } from '../../arm/hub-resource.ts';
import type { PnsCredentials } from '../../arm/pns-credentials.ts';
import { apnsCommand } from '../apns-command.ts';
import type { Finding } from '../finding.ts';

/** A hub with how it signs in to the push services. */
export interface HubWithCredentials {
  readonly resource: HubResource;
  readonly credentials: PnsCredentials;
}

/**
 * Is the topic of the VoIP hub the alert hub's bundle id and `.voip`? A request cannot choose its topic: the hub sends
 * with the bundle id of its credential ("VoIP notifications with Azure Notification Hubs").
 *
 * @param alert - absent when nothing is known about the alert hub
 */
export function checkVoipBundle(voip: HubWithCredentials, alert: HubWithCredentials | undefined): Finding {
  const point = { check: 'voip-bundle', about: voip.resource.name } as const;
  const own = apnsToken(voip);
  const other = alert === undefined ? undefined : apnsToken(alert);
  if (own === undefined) {
    return {
      kind: 'could-not-check',
      ...point,
      why: 'The VoIP hub has no APNs credential in token mode, so it has no bundle id.',
      mend: 'Mend its push credentials first, as said above.',
    };
  }
  const wanted = other === undefined ? undefined : `${other.bundleId}.voip`;
  if (!own.bundleId.endsWith('.voip')) {
    return {
      kind: 'wrong',
      ...point,
      why: `Its bundle id is ${own.bundleId}, without .voip at the end, so APNs refuses every VoIP push.`,
      mend: apnsCommand(voip.resource, { ...own, bundleId: wanted ?? `${own.bundleId}.voip` }),
    };
  }
  if (other === undefined || wanted === undefined) {
    return {
      kind: 'could-not-check',
      ...point,
      why: `Its bundle id ${own.bundleId} ends in .voip, but there is none of the alert hub to compare it with.`,
      mend: 'Mend the push credentials of the alert hub first, or give --hub.',
    };
  }
  if (own.bundleId !== wanted) {
    return {
      kind: 'wrong',
      ...point,
      why: `Its bundle id is ${own.bundleId}, but that of the alert hub is ${other.bundleId}: they are two apps.`,
      mend: apnsCommand(voip.resource, { ...own, bundleId: wanted }),
    };
  }
  if (own.endpoint !== other.endpoint) {
    return {
      kind: 'wrong',
      ...point,
      why: `It sends through ${own.endpoint}, the alert hub through ${other.endpoint}. A device token is good for one of the two.`,
      mend: apnsCommand(voip.resource, { ...own, endpoint: other.endpoint }),
    };
  }
  return {
    kind: 'ok',
    ...point,
    why: `Its bundle id is ${own.bundleId}, as that of the alert hub asks for.`,
  };
}

function apnsToken({ credentials: { apns } }: HubWithCredentials) {
  return apns?.mode === 'token' && apns.bundleId !== '' ? apns : undefined;
}
