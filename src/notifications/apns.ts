import { buildContract, callingSdkData } from './acs-object.ts';
import { fitBody, flexibleParts } from './fit-body.ts';
import { collapseId, isVisible, type Notification, pushId } from './notification.ts';
import type { Push, PushOptions, PushTarget } from './push.ts';
import { type AlertText, alertText, selectTexts } from './texts/alert-text.ts';

/**
 * Builds an APNs push: `voip` for an incoming call if the device has a VoIP handle and a VoIP hub is configured, `alert`
 * for other visible kinds, `background` for the rest. A stop is never `voip`: iOS terminates an app that receives a VoIP
 * push without reporting a call.
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
  };
}

type ApnsPushType = 'voip' | 'alert' | 'background';

function choosePushType(notification: Notification, target: PushTarget, options: PushOptions): ApnsPushType {
  if (!isVisible(notification.kind)) return 'background';
  const rings = notification.kind === 'incoming-call' && options.voipHub && target.voipHandle !== undefined;
  return rings ? 'voip' : 'alert';
}

/**
 * Builds the `aps` dictionary. It is never absent, because Notification Hubs rejects an Apple payload without one. The
 * category is the kind in upper case, such as `ACS_INCOMING_CALL`, for apps that attach actions to it.
 */
function buildAps(notification: Notification, pushType: ApnsPushType, alert: AlertText): object {
  if (pushType === 'voip') return {};
  if (pushType === 'background') return { 'content-available': 1 };
  const category = `ACS_${notification.kind.toUpperCase().replaceAll('-', '_')}`;
  if (notification.kind === 'incoming-call') {
    return { alert, sound: 'default', 'interruption-level': 'time-sensitive', category };
  }
  const threadId = 'threadId' in notification ? notification.threadId : 'missed-calls';
  return { alert, 'thread-id': threadId, 'mutable-content': 1, category };
}
