import { deliveryKey } from '../deliveries/outcomes.ts';
import type { Device } from '../devices/device.ts';
import { missedCall, stopRinging } from '../notifications/end-of-ring.ts';
import type { MappingOptions } from '../notifications/map-event.ts';
import type { Delivery } from './delivery.ts';
import type { Gathered } from './gathered.ts';
import type { KnownOutcome } from './send-deliveries.ts';

/**
 * What is to be sent, given what earlier attempts did. A device that rang in time needs no notice that the call came
 * late. When the ring is over, a device that an earlier attempt may have rung must be told to stop: that attempt may have
 * died before it wrote down whom it rang, and then nobody else knows.
 *
 * @param nowMs when the ring was found to be over, epoch milliseconds
 */
export function planDeliveries(
  gathered: Gathered,
  known: KnownOutcome,
  nowMs: number,
  mapping: MappingOptions,
): readonly Delivery[] {
  const rang = ({ recipientId, deviceId }: Device) =>
    known(deliveryKey({ recipientId, deviceId, kind: 'incoming-call' }));
  switch (gathered.kind) {
    case 'nobody':
      return [];
    case 'deliveries':
      return gathered.deliveries.map(({ notification, devices }) => ({
        notification,
        devices:
          notification.kind === 'missed-call'
            ? devices.filter((device) => rang(device) !== 'accepted')
            : devices,
      }));
    case 'over': {
      const { why, ring, devices } = gathered;
      const mayRing = (device: Device) => rang(device) === 'accepted' || rang(device) === 'unknown';
      const stops = stopRinging(why, ring, { identity: ring.identity, timeMs: nowMs }, mapping).map(
        (notification) => ({ notification, devices: devices.filter(mayRing) }),
      );
      const silent = devices.filter((device) => !mayRing(device));
      const notices = why === 'missed' ? [{ notification: missedCall(ring, mapping), devices: silent }] : [];
      return [...stops, ...notices].filter((delivery) => delivery.devices.length > 0);
    }
  }
}
