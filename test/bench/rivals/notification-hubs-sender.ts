import { createAppleNotification, NotificationHubsClient } from '@azure/notification-hubs';
import type { Sink } from '../sink/start-sink.ts';
import { benchHandle, benchHub, benchPush } from './bench-push.ts';
import type { Sender } from './sender.ts';

/** Microsoft's client for JavaScript, `@azure/notification-hubs`, with a notification that is created once. */
export function createNotificationHubsSender({ endpoint }: Sink): Sender {
  const { hubName, keyName, key } = benchHub;
  const client = new NotificationHubsClient(
    `Endpoint=${endpoint.replace('https:', 'sb:')}/;SharedAccessKeyName=${keyName};SharedAccessKey=${key}`,
    hubName,
  );
  const notification = createAppleNotification({ body: benchPush.body, headers: { ...benchPush.headers } });
  return {
    send: async (index) => {
      const result = await client.sendNotification(notification, { deviceHandle: benchHandle(index) });
      if (result.notificationId === undefined)
        throw new Error('@azure/notification-hubs received no notification id.');
    },
    close: async () => {},
  };
}
