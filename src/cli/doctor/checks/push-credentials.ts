import type { HubResource } from '../../arm/hub-resource.ts';
import type { ApnsToken, PnsCredentials } from '../../arm/pns-credentials.ts';
import { shellWord } from '../../terminal.ts';
import type { Finding } from '../finding.ts';
import type { Platform } from '../scope.ts';

/** A hub with its credentials for the push services. */
export interface HubWithCredentials {
  readonly resource: HubResource;
  readonly credentials: PnsCredentials;
}

/** APNs of production in token mode ("ApnsCredential" of the Azure Resource Manager reference). */
const apnsProduction = 'https://api.push.apple.com:443/3/device';

/**
 * The command that sets APNs in token mode ("Notification Hubs - Update"). The key is read from its file, to keep it out
 * of the shell history. `az notification-hub credential apns update` is no alternative: it overwrites the whole hub with
 * an API version that does not have FCM v1.
 *
 * @param wanted the known parts of the credential that the hub should have
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
 * Can the hub sign in to the push services of these platforms? APNs must be in token mode: ACS requires it
 * ("Communication Services notifications"), and so do push types ("Azure Notification Hubs updates for iOS 13").
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
 * Is the topic of the VoIP hub the bundle id of the alert hub with the suffix `.voip`? A request cannot set its topic: the
 * hub uses the bundle id of its credential ("VoIP notifications with Azure Notification Hubs").
 *
 * @param alert undefined when the alert hub is unknown
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
      fix: 'Fix its push credentials first, as described above.',
    };
  }
  const wanted = other === undefined ? undefined : `${other.bundleId}.voip`;
  if (!own.bundleId.endsWith('.voip')) {
    return {
      kind: 'wrong',
      ...point,
      why: `Its bundle id is ${own.bundleId}, without the suffix .voip, so APNs rejects every VoIP push.`,
      fix: apnsCommand(voip.resource, { ...own, bundleId: wanted ?? `${own.bundleId}.voip` }),
    };
  }
  if (other === undefined || wanted === undefined) {
    return {
      kind: 'could-not-check',
      ...point,
      why: `Its bundle id ${own.bundleId} ends in .voip, but the bundle id of the alert hub is unknown.`,
      fix: 'Fix the push credentials of the alert hub first, or pass --hub.',
    };
  }
  if (own.bundleId !== wanted) {
    return {
      kind: 'wrong',
      ...point,
      why: `Its bundle id is ${own.bundleId}, but the alert hub has ${other.bundleId}: these are different apps.`,
      fix: apnsCommand(voip.resource, { ...own, bundleId: wanted }),
    };
  }
  if (own.endpoint !== other.endpoint) {
    return {
      kind: 'wrong',
      ...point,
      why: `It sends through ${own.endpoint}, but the alert hub through ${other.endpoint}. A device token is valid for only one of them.`,
      fix: apnsCommand(voip.resource, { ...own, endpoint: other.endpoint }),
    };
  }
  return {
    kind: 'ok',
    ...point,
    why: `Its bundle id is ${own.bundleId}, which matches the alert hub.`,
  };
}

function checkApns(hub: HubResource, { apns }: PnsCredentials, optional: boolean): Finding {
  const point = { check: 'push-credentials', about: `${hub.name}, APNs` } as const;
  const command = apnsCommand(hub, apns?.mode === 'token' ? apns : {});
  if (apns === undefined) {
    const why = 'The hub has no APNs credential, so iPhones receive no pushes.';
    return {
      kind: 'wrong',
      ...point,
      why,
      fix: optional ? `${command}\nNo iOS app? Pass --platforms fcmv1.` : command,
    };
  }
  if (apns.mode === 'certificate') {
    const why = 'APNs is in certificate mode. Calls and silent pushes require token mode.';
    return { kind: 'wrong', ...point, why, fix: command };
  }
  if (apns.bundleId === '') {
    return { kind: 'wrong', ...point, why: 'APNs has no bundle id.', fix: command };
  }
  const place = apns.endpoint === apnsProduction ? 'production' : apns.endpoint;
  return { kind: 'ok', ...point, why: `Token mode, bundle id ${apns.bundleId}, ${place}.` };
}

function checkFcm(hub: HubResource, { fcmV1, legacyFcm }: PnsCredentials, optional: boolean): Finding {
  const point = { check: 'push-credentials', about: `${hub.name}, FCM v1` } as const;
  if (fcmV1 !== undefined) return { kind: 'ok', ...point, why: `Project ${fcmV1.projectId}.` };
  const legacy = legacyFcm
    ? ' It has a credential for the legacy protocol, which Google shut down in 2024.'
    : '';
  return {
    kind: 'wrong',
    ...point,
    why: `The hub has no FCM v1 credential, so Android phones receive no pushes.${legacy}`,
    fix: `Azure portal, hub ${hub.name}, page "Google (FCM v1)": project id, client email and private key of the JSON file of a Firebase service account.${optional ? '\nNo Android app? Pass --platforms apns.' : ''}`,
  };
}

function apnsToken({ credentials: { apns } }: HubWithCredentials) {
  return apns?.mode === 'token' && apns.bundleId !== '' ? apns : undefined;
}

function known(text: string | undefined, placeholder: string): string {
  return text === undefined || text === '' ? placeholder : text;
}
