import type { HubResource } from '../../arm/hub-resource.ts';
import type { PnsCredentials } from '../../arm/pns-credentials.ts';
import { apnsCommand, apnsProduction } from '../apns-command.ts';
import type { Finding } from '../finding.ts';
import type { Platform } from '../platform.ts';

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
