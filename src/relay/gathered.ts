import type { Device } from '../devices/device.ts';
import type { CallNotification } from '../notifications/notification.ts';
import type { Delivery } from './delivery.ts';
import type { SkippedReason } from './event-report.ts';

/** Whom an event concerns, after asking storage. */
export type Gathered =
  | { readonly kind: 'deliveries'; readonly deliveries: readonly Delivery[] }
  /** A ring that is answered or whose call has ended: whom to tell what depends on which devices may ring already. */
  | {
      readonly kind: 'over';
      readonly why: 'answered' | 'missed';
      readonly ring: CallNotification;
      readonly devices: readonly Device[];
    }
  | { readonly kind: 'nobody'; readonly reason: SkippedReason };
