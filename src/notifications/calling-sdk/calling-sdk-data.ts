import { defined } from '../../shared/json.ts';
import type { CallNotification } from '../notification.ts';

/** The keys that `PushNotificationInfo` of the native Calling SDK reads. */
export interface CallingSdkData {
  readonly eventId: number;
  readonly cp?: string;
  readonly callId: string;
  readonly recipientId: string;
  readonly callerId?: string;
  readonly displayName: string;
  readonly videoCall: string;
}

/**
 * What the native Calling SDK wants to find in the push of an incoming call, so that the app can answer through it.
 * 107 is the SDK's number for an incoming call. Whether it has video cannot be told from the event.
 */
export function callingSdkData(
  notification: CallNotification,
  name: string | undefined,
  callPayload: string | undefined,
): CallingSdkData {
  return {
    eventId: 107,
    ...defined({ cp: callPayload }),
    callId: notification.callId,
    recipientId: notification.recipientId,
    ...defined({ callerId: notification.callerId }),
    displayName: name ?? '',
    videoCall: 'false',
  };
}
