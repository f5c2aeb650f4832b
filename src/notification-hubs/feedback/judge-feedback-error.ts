/** `dead`: the handle will never work again. `suspect`: it may be the hub's fault. `other`: says nothing about it. */
export type FeedbackVerdict = 'dead' | 'suspect' | 'other';

/**
 * Says what an error of the feedback means for the handle. Only `ExpiredChannel` is proof that a handle is dead.
 *
 * - `ExpiredChannel`: the push service itself took the handle back (APNs feedback; FCM `NotRegistered`). Source: the
 *   metrics `outgoing.apns.expiredchannel` and `outgoing.gcm.expiredchannel` in "Supported metrics for
 *   Microsoft.NotificationHubs/namespaces/notificationHubs" (Azure Monitor).
 * - `BadChannel`: "suspect", not dead. For APNs it is the answer to an invalid token, which is also what every good
 *   token gets when the hub has credentials of the other environment: "Handling notification responses from APNs"
 *   (Apple, `BadDeviceToken`) and the Notification Hubs FAQ (sandbox and production certificates). One wrong
 *   certificate must not remove every device.
 * - `WrongToken`, `WrongChannel`: the handle belongs to another app than the hub's credentials. Same source; same
 *   reasoning.
 * - Everything else is about the push, the credentials or the service: `Throttled`, `InvalidCredentials`,
 *   `PnsUnavailable`, `PnsServerError`, `Dropped`, `InvalidNotificationSize` and names yet to come. So is
 *   `UnknownError`, although hubs were seen to write it for an FCM v1 token that was gone (issue 321 of
 *   Azure/azure-notificationhubs-dotnet): the name proves nothing.
 */
export function judgeFeedbackError(error: string): FeedbackVerdict {
  switch (error.toLowerCase()) {
    case 'expiredchannel':
      return 'dead';
    case 'badchannel':
    case 'wrongtoken':
    case 'wrongchannel':
      return 'suspect';
    default:
      return 'other';
  }
}
