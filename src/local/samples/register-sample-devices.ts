import { RelayError } from '../../errors/errors.ts';
import { sampleDevices } from './sample-devices.ts';

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
        message: `The device API answered ${response.status} for the sample device ${deviceId}: ${answer}`,
      });
    }
  }
}
