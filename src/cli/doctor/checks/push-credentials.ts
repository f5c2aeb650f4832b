import type { HubResource } from '../../arm/hub-resource.ts';
import type { ApnsToken, PnsCredentials } from '../../arm/pns-credentials.ts';
import { shellWord } from '../../terminal.ts';
import type { Finding } from '../finding.ts';
import type { Platform } from '../scope.ts';

/** A hub with how it signs in to the push services. */
export interface HubWithCredentials {
  readonly resource: HubResource;
  readonly credentials: PnsCredentials;
}

/** APNs of production in token mode ("ApnsCredential" of the Azure Resource Manager reference). */
const apnsProduction = 'https://api.push.apple.com:443/3/device';

function known(text: string | undefined, placeholder: string): string {
  return text === undefined || text === '' ? placeholder : text;
}

/**
 * The command that gives a hub APNs in token mode ("Notification Hubs - Update"). The key is read from its file, so that
 * no shell history has it. `az notification-hub credential apns update` will not do: it writes the whole hub anew in a
 * version that knows no FCM v1.
 *
 * @param wanted what is known of the credential that the hub should have
 */
export function apnsCommand(hub: HubResource, wanted: Partial<ApnsToken>): string {
  const keyId = known(wanted.keyId, '<key id>');
  const credential = {
    appName: known(wanted.bundleId, '<bundle id>'),
    appId: known(wanted.teamId, '<team id>'),
    keyId,
    endpoint: known(wanted.endpoint, apnsProduction),
    token: 'TOKEN',
  };
  const body = shellWord(JSON.stringify({ properties: { apnsCredential: { properties: credential } } }));
  const token = `"$(grep -v -e ----- ${shellWord(`AuthKey_${keyId}.p8`)} | tr -d '\\n')"`;
  const url = shellWord(`${hub.id}?api-version=2023-10-01-preview`);
  return `az rest --method patch --url ${url} --body ${body.replace('"TOKEN"', () => `"'${token}'"`)}`;
}

/**
 * Can the hub sign in to the push services of these platforms? APNs must be in token mode: ACS asks for it
 * ("Communication Services notifications"), and push types need it ("Azure Notification Hubs updates for iOS 13").
 */
export function checkPushCredentials(
  hub: HubResource,
  credentials: PnsCredentials,
  platforms: readonly Platform[],
): readonly Finding[] {
  return platforms.map((platform) =>
    platform === 'apns'
      ? checkApns(hub, credentials, platforms.length > 1)
      : checkFcm(hub, credentials, platforms.length > 1),
  );
}

/**
 * Is the topic of the VoIP hub the alert hub's bundle id and `.voip`? A request cannot choose its topic: the hub sends
 * with the bundle id of its credential ("VoIP notifications with Azure Notification Hubs").
 *
 * @param alert absent when nothing is known about the alert hub
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

function checkApns(hub: HubResource, { apns }: PnsCredentials, optional: boolean): Finding {
  const point = { check: 'push-credentials', about: `${hub.name}, APNs` } as const;
  const command = apnsCommand(hub, apns?.mode === 'token' ? apns : {});
  if (apns === undefined) {
    const why = 'The hub has no credential for APNs, so no iPhone gets a push.';
    return {
      kind: 'wrong',
      ...point,
      why,
      mend: optional ? `${command}\nNo iOS app? Give --platforms fcmv1.` : command,
    };
  }
  if (apns.mode === 'certificate') {
    const why = 'APNs is in certificate mode. Calls and silent pushes need token mode.';
    return { kind: 'wrong', ...point, why, mend: command };
  }
  if (apns.bundleId === '') {
    return { kind: 'wrong', ...point, why: 'APNs has no bundle id.', mend: command };
  }
  const place = apns.endpoint === apnsProduction ? 'production' : apns.endpoint;
  return { kind: 'ok', ...point, why: `Token mode, bundle id ${apns.bundleId}, ${place}.` };
}

function checkFcm(hub: HubResource, { fcmV1, legacyFcm }: PnsCredentials, optional: boolean): Finding {
  const point = { check: 'push-credentials', about: `${hub.name}, FCM v1` } as const;
  if (fcmV1 !== undefined) return { kind: 'ok', ...point, why: `Project ${fcmV1.projectId}.` };
  const legacy = legacyFcm ? ' It has one for the legacy protocol, which Google ended in 2024.' : '';
  return {
    kind: 'wrong',
    ...point,
    why: `The hub has no credential for FCM v1, so no Android phone gets a push.${legacy}`,
    mend: `Azure portal, hub ${hub.name}, page "Google (FCM v1)": project id, client email and private key of the JSON file of a Firebase service account.${optional ? '\nNo Android app? Give --platforms apns.' : ''}`,
  };
}

function apnsToken({ credentials: { apns } }: HubWithCredentials) {
  return apns?.mode === 'token' && apns.bundleId !== '' ? apns : undefined;
}
