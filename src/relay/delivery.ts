import type { Device } from '../devices/device.ts';
import type { Notification } from '../notifications/notification.ts';

/** One notification and the devices it is for. */
export interface Delivery {
  readonly notification: Notification;
  readonly devices: readonly Device[];
}
