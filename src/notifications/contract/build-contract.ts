import type * as z from 'zod';
import { defined } from '../../shared/json.ts';
import type { Notification } from '../notification.ts';
import type { pushContract } from './push-contract.ts';

/**
 * The `acs` object for a notification.
 *
 * @param name the caller's or sender's name as far as it fits, in place of the notification's own
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
  // `v` and `kind` come first, for those who read payloads with their own eyes.
  if ('callId' in notification) {
    const { kind, callId, serverCallId, callerId } = notification;
    return { v: 1, kind, ...common, callId, ...defined({ serverCallId, callerId, callerName: name }) };
  }
  const { kind, threadId, messageId, senderId } = notification;
  return { v: 1, kind, ...common, threadId, ...defined({ messageId, senderId, senderName: name }) };
}
