import { createHash } from 'node:crypto';
import type { Device } from '../../devices/device.ts';

const registeredAtMs = Date.UTC(2020, 0, 1);
const expiresAtMs = Date.UTC(2100, 0, 1);

/**
 * The devices that a replay gives to every recipient when it gets no others: an iPhone set to Swedish that can ring
 * through VoIP, and an Android phone set to English. Their handles are invented, and the same on every run.
 */
export function sampleDevices(recipientId: string): readonly Device[] {
  const common = { recipientId, registeredAtMs, expiresAtMs };
  return [
    {
      ...common,
      deviceId: 'sample-iphone',
      platform: 'apns',
      handle: invented(`alert ${recipientId}`),
      voipHandle: invented(`voip ${recipientId}`),
      locale: 'sv',
    },
    {
      ...common,
      deviceId: 'sample-android',
      platform: 'fcmv1',
      handle: `sample:${invented(`fcm ${recipientId}`)}`,
      locale: 'en',
    },
  ];
}

// As long as an APNs device token: 64 hexadecimal digits.
function invented(seed: string): string {
  return createHash('sha256').update(`sample device ${seed}`).digest('hex');
}
