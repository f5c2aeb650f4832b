import type * as z from 'zod';
import { omitUndefined } from '../shared/json.ts';
import type { pushContract } from './acs-contract.ts';
import type { CallNotification, Notification } from './notification.ts';

/**
 * Builds the `acs` object of a push.
 *
 * @param name the caller's or sender's name, cut to fit; replaces the notification's own
 */
export function buildContract(
  notification: Notification,
  name: string | undefined,
): z.input<typeof pushContract> {
  const common = {
    id: notification.identity.id,
    recipientId: notification.recipientId,
    sentAt: new Date(notification.sentAtMs).toISOString(),
    expiresAt: new Date(notification.expiresAtMs).toISOString(),
  };
  // `v` and `kind` come first for people who read raw payloads.
  if ('callId' in notification) {
    const { kind, callId, serverCallId, callerId } = notification;
    return { v: 1, kind, ...common, callId, ...omitUndefined({ serverCallId, callerId, callerName: name }) };
  }
  const { kind, threadId, messageId, senderId } = notification;
  return { v: 1, kind, ...common, threadId, ...omitUndefined({ messageId, senderId, senderName: name }) };
}

/** The keys that `PushNotificationInfo` of the native Calling SDK reads. */
interface CallingSdkData {
  readonly eventId: number;
  readonly cp?: string;
  readonly callId: string;
  readonly recipientId: string;
  readonly callerId?: string;
  readonly displayName: string;
  readonly videoCall: string;
}

/**
 * Builds the data that lets an app answer an incoming call through the native Calling SDK. 107 is the SDK's number for an
 * incoming call. The event does not say whether the call has video.
 */
export function callingSdkData(
  notification: CallNotification,
  name: string | undefined,
  callPayload: string | undefined,
): CallingSdkData {
  return {
    eventId: 107,
    ...omitUndefined({ cp: callPayload }),
    callId: notification.callId,
    recipientId: notification.recipientId,
    ...omitUndefined({ callerId: notification.callerId }),
    displayName: name ?? '',
    videoCall: 'false',
  };
}
