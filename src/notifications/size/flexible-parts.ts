import type { Notification } from '../notification.ts';
import type { AlertText } from '../texts/alert-text.ts';
import type { FlexibleParts } from './fit-body.ts';

/** The parts of a notification's payload that may be shortened or left out; without an alert it has no title and body. */
export function flexibleParts(notification: Notification, alert: AlertText | undefined): FlexibleParts {
  const isCall = 'callId' in notification;
  return {
    title: alert?.title,
    body: alert?.body,
    name: isCall ? notification.callerName : notification.senderName,
    callPayload: isCall ? notification.callPayload : undefined,
  };
}
