import { callingSdkData } from '../calling-sdk/calling-sdk-data.ts';
import { buildContract } from '../contract/build-contract.ts';
import { collapseId } from '../ids/collapse-id.ts';
import { pushId } from '../ids/push-id.ts';
import { isVisible } from '../is-visible.ts';
import type { Notification } from '../notification.ts';
import type { Push } from '../push.ts';
import type { PushOptions } from '../push-options.ts';
import type { PushTarget } from '../push-target.ts';
import { fitBody } from '../size/fit-body.ts';
import { flexibleParts } from '../size/flexible-parts.ts';
import { alertText } from '../texts/alert-text.ts';
import { selectTexts } from '../texts/select-texts.ts';
import { type ApnsPushType, buildAps } from './build-aps.ts';

/**
 * Builds an APNs push: an incoming call as `voip` where the device and a hub can take it, what a user sees as `alert`,
 * the rest as `background`. Stop-ringing is never `voip`: iOS ends an app that does not report a VoIP push as a call.
 */
export function buildApnsPush(notification: Notification, target: PushTarget, options: PushOptions): Push {
  const pushType = choosePushType(notification, target, options);
  const alert =
    pushType === 'alert'
      ? alertText(notification, selectTexts(target.locale, options.defaultLocale))
      : undefined;
  const body = fitBody(flexibleParts(notification, alert), (parts) =>
    JSON.stringify({
      aps: buildAps(notification, pushType, { title: parts.title ?? '', body: parts.body ?? '' }),
      acs: buildContract(notification, parts.name),
      ...(notification.kind === 'incoming-call'
        ? { data: callingSdkData(notification, parts.name, parts.callPayload) }
        : {}),
    }),
  );
  return {
    platform: 'apns',
    target: pushType === 'voip' ? 'voip' : 'alert',
    headers: {
      'apns-push-type': pushType,
      'apns-priority': pushType === 'background' ? '5' : '10',
      'apns-expiration': String(Math.floor(notification.expiresAtMs / 1000)),
      'apns-collapse-id': collapseId(notification),
      'apns-id': pushId(notification.identity, notification.kind, target.recipientId, target.deviceId),
    },
    body,
    expiresAtMs: notification.expiresAtMs,
  };
}

function choosePushType(notification: Notification, target: PushTarget, options: PushOptions): ApnsPushType {
  if (!isVisible(notification.kind)) return 'background';
  const rings = notification.kind === 'incoming-call' && options.voipHub && target.voipHandle !== undefined;
  return rings ? 'voip' : 'alert';
}
