import { describe, expect, it } from 'vitest';
import { sampleDevices } from '../../../../src/cli/replay/devices.ts';

describe('sampleDevices', () => {
  it('gives a user an iPhone that rings through VoIP, in Swedish, and an Android phone in English', () => {
    const devices = sampleDevices('8:acs:one');
    expect(devices.map(({ deviceId, platform, locale }) => [deviceId, platform, locale])).toEqual([
      ['sample-iphone', 'apns', 'sv'],
      ['sample-android', 'fcmv1', 'en'],
    ]);
    expect(devices[0]?.voipHandle).toMatch(/^[0-9a-f]{64}$/);
    expect(devices[1]?.voipHandle).toBeUndefined();
  });

  it('gives each user handles of their own, the same on every run', () => {
    const handles = [...sampleDevices('8:acs:one'), ...sampleDevices('8:acs:two')].flatMap((device) => [
      device.handle,
      device.voipHandle ?? '',
    ]);
    expect(new Set(handles).size).toBe(7);
    expect(sampleDevices('8:acs:one')).toEqual(sampleDevices('8:acs:one'));
    expect(handles[0]).toBe('d3fc2d0bab1517777fa58052887e05f762c6d8274bd412fe612d5c46a2a44c8f');
  });
});
