import { buildContract, callingSdkData } from './acs-object.ts';
import { type FlexibleParts, fitBody, flexibleParts } from './fit-body.ts';
import { collapseId, isVisible, type Notification, type NotificationKind } from './notification.ts';
import type { Push, PushOptions, PushTarget } from './push.ts';
import { alertText, selectTexts } from './texts/alert-text.ts';

/**
 * Builds an FCM v1 message without a token; the hub adds the device handle. Calls and silent kinds are data-only, so that
 * the app handles them instead of the system. Visible chat and missed calls carry a `notification` that replaces an
 * earlier one with the same tag.
 */
export function buildFcmPush(notification: Notification, target: PushTarget, options: PushOptions): Push {
  const isShown = isVisible(notification.kind) && notification.kind !== 'incoming-call';
  const alert = isShown
    ? alertText(notification, selectTexts(target.locale, options.defaultLocale))
    : undefined;
  const android = {
    priority: isVisible(notification.kind) ? 'high' : 'normal',
    ttl: `${ttlSeconds(notification.expiresAtMs - options.nowMs)}s`,
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
  return { platform: 'fcmv1', target: 'alert', headers: {}, body };
}

/**
 * The FCM collapse key of a kind, if it has one. For a device that is off, FCM keeps at most four collapse keys and drops
 * all waiting messages once 100 without a key have piled up. So chat shares three constant keys, and call kinds have none,
 * because a ring must never be replaced or crowded out (Firebase, "Non-collapsible and collapsible messages").
 */
function collapseKey(kind: NotificationKind): { readonly collapse_key?: string } {
  switch (kind) {
    case 'chat-message':
    case 'chat-message-edited':
    case 'chat-added':
      return { collapse_key: 'acs-chat' };
    case 'chat-message-deleted':
      return { collapse_key: 'acs-chat-deleted' };
    case 'chat-removed':
    case 'chat-updated':
      return { collapse_key: 'acs-chat-sync' };
    default:
      return {};
  }
}

// FCM accepts only strings in `data`.
function buildData(notification: Notification, parts: FlexibleParts): Record<string, string> {
  const acs = JSON.stringify(buildContract(notification, parts.name));
  if (notification.kind !== 'incoming-call') return { acs };
  const { eventId, ...rest } = callingSdkData(notification, parts.name, parts.callPayload);
  return { acs, eventId: String(eventId), ...rest };
}

// FCM stores a message for at most four weeks ("Set the lifespan of a message").
const longestTtlSeconds = 2_419_200;

function ttlSeconds(leftMs: number): number {
  return Math.min(Math.max(0, Math.floor(leftMs / 1000)), longestTtlSeconds);
}
