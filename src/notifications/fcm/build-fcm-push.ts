import { callingSdkData } from '../calling-sdk/calling-sdk-data.ts';
import { buildContract } from '../contract/build-contract.ts';
import { collapseId } from '../ids/collapse-id.ts';
import { isVisible } from '../is-visible.ts';
import type { Notification } from '../notification.ts';
import type { Push } from '../push.ts';
import type { PushOptions } from '../push-options.ts';
import type { PushTarget } from '../push-target.ts';
import { type FlexibleParts, fitBody } from '../size/fit-body.ts';
import { flexibleParts } from '../size/flexible-parts.ts';
import { alertText } from '../texts/alert-text.ts';
import { selectTexts } from '../texts/select-texts.ts';
import { collapseKey } from './collapse-key.ts';

/**
 * Builds an FCM v1 message, without a token: the hub adds the device handle. Calls and silent kinds are data-only, so
 * that the app and not the system acts on them; visible chat and missed calls bring a `notification` that replaces an
 * earlier one with the same tag.
 */
export function buildFcmPush(notification: Notification, target: PushTarget, options: PushOptions): Push {
  const isShown = isVisible(notification.kind) && notification.kind !== 'incoming-call';
  const alert = isShown
    ? alertText(notification, selectTexts(target.locale, options.defaultLocale))
    : undefined;
  const android = {
    priority: isVisible(notification.kind) ? 'high' : 'normal',
    ttl: `${Math.max(0, Math.floor((notification.expiresAtMs - options.nowMs) / 1000))}s`,
    ...collapseKey(notification.kind),
  };
  const body = fitBody(flexibleParts(notification, alert), (parts) =>
    JSON.stringify({
      message: {
        ...(isShown ? { notification: { title: parts.title, body: parts.body } } : {}),
        data: buildData(notification, parts),
        android: isShown ? { ...android, notification: { tag: collapseId(notification) } } : android,
      },
    }),
  );
  return { platform: 'fcmv1', target: 'alert', headers: {}, body, expiresAtMs: notification.expiresAtMs };
}

// FCM takes no value but text in `data`.
function buildData(notification: Notification, parts: FlexibleParts): Record<string, string> {
  const acs = JSON.stringify(buildContract(notification, parts.name));
  if (notification.kind !== 'incoming-call') return { acs };
  const { eventId, ...rest } = callingSdkData(notification, parts.name, parts.callPayload);
  return { acs, eventId: String(eventId), ...rest };
}
