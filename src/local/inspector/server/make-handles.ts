import { createHash } from 'node:crypto';
import { sampleDevices } from '../../samples/sample-devices.ts';

/** The whole handles that the inspector registers for a device. */
export interface MadeHandles {
  readonly handle: string;
  /** For an iPhone that takes VoIP pushes. */
  readonly voipHandle: string;
}

/** Sample devices keep the handles they have; those of every other device are made from its id, always the same. */
export function makeHandles(deviceId: string, platform: 'apns' | 'fcmv1'): MadeHandles {
  const sample = sampleDevices.find((device) => device.deviceId === deviceId)?.registration;
  const known = sample?.platform === platform ? sample : undefined;
  const hex = (use: string) => createHash('sha256').update(`${use} ${deviceId}`).digest('hex');
  return {
    handle: known?.handle ?? (platform === 'apns' ? hex('alert') : `local-${hex('fcm')}:APA91b-inspector`),
    voipHandle: known?.voipHandle ?? hex('voip'),
  };
}
