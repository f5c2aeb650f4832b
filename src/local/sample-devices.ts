import { RelayError } from '../errors/errors.ts';

/** The recipient of the calls and messages in test/replay/recordings. */
export const sampleUserId = '8:acs:0d3c8f7e-5a41-4b8e-9f0a-2c6d1e7b4a90_00000021-7a3b-4c5d-8e9f-3a4b5c6d7e8f';

/** A device that the local run registers through the device API to receive the sample events. */
interface SampleDevice {
  readonly userId: string;
  readonly deviceId: string;
  /** The body of the PUT. */
  readonly registration: {
    readonly platform: 'apns' | 'fcmv1';
    readonly handle: string;
    readonly voipHandle?: string;
    readonly locale: string;
  };
}

/** A Swedish iPhone that rings through CallKit, and an English Android phone. */
export const sampleDevices: readonly SampleDevice[] = [
  {
    userId: sampleUserId,
    deviceId: 'sample-iphone',
    registration: {
      platform: 'apns',
      handle: '5a3d1e0000000000000000000000000000000000000000000000000000a1e27f',
      voipHandle: '70c1b50000000000000000000000000000000000000000000000000000d94c03',
      locale: 'sv',
    },
  },
  {
    userId: sampleUserId,
    deviceId: 'sample-android',
    registration: {
      platform: 'fcmv1',
      handle: 'sample-android-registration-token:APA91b-local-only-0000000000000000',
      locale: 'en',
    },
  },
];

/** Registers the sample devices through the device API of a running host, as an app's backend would. */
export async function registerSampleDevices(hostUrl: string): Promise<void> {
  for (const { userId, deviceId, registration } of sampleDevices) {
    const url = `${hostUrl}/api/users/${encodeURIComponent(userId)}/devices/${encodeURIComponent(deviceId)}`;
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(registration),
    });
    const answer = await response.text();
    if (!response.ok) {
      throw new RelayError({
        code: 'INPUT_UNUSABLE',
        class: 'config',
        message: `The device API returned ${response.status} for the sample device ${deviceId}: ${answer}`,
      });
    }
  }
}
