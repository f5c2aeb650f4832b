import { hash } from 'node:crypto';

/** What makes one push of an event different from its other pushes. */
export interface DeliveryTarget {
  readonly recipientId: string;
  readonly deviceId: string;
  /** Notification kind: one event can bring a device two notifications (`call-ended` and `missed-call`). */
  readonly kind: string;
}

/**
 * The name of one push inside its event's ledger row: 16 characters, the same on every try. A hash, so that the
 * ledger is small whatever ids the apps choose, and holds no user ids.
 */
export function deliveryKey({ recipientId, deviceId, kind }: DeliveryTarget): string {
  const text = JSON.stringify([recipientId, deviceId, kind]);
  return hash('sha256', text, 'base64url').slice(0, 16);
}
