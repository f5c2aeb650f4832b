import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDevicesFile, sampleDevices } from '../../../../src/cli/replay/devices.ts';

let cwd = '';
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'devices-file-'));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

async function read(content: string) {
  await writeFile(join(cwd, 'devices.json'), content);
  return readDevicesFile('devices.json', cwd);
}

describe('readDevicesFile', () => {
  it('returns a device without a recipient for every user, and one with a recipient for that user', async () => {
    const devicesOf = await read(
      JSON.stringify([
        { deviceId: 'tablet', platform: 'apns', handle: 'aa', voipHandle: 'bb', locale: 'nl' },
        { recipientId: '8:acs:ada', deviceId: 'phone', platform: 'fcmv1', handle: 'cc' },
      ]),
    );
    expect(devicesOf('8:acs:ben').map((device) => device.deviceId)).toEqual(['tablet']);
    expect(devicesOf('8:acs:ada')).toEqual([
      {
        recipientId: '8:acs:ada',
        deviceId: 'tablet',
        platform: 'apns',
        handle: 'aa',
        voipHandle: 'bb',
        locale: 'nl',
        registeredAtMs: 1577836800000,
        expiresAtMs: 4102444800000,
      },
      {
        recipientId: '8:acs:ada',
        deviceId: 'phone',
        platform: 'fcmv1',
        handle: 'cc',
        registeredAtMs: 1577836800000,
        expiresAtMs: 4102444800000,
      },
    ]);
  });

  it('reports every problem, but no handle', async () => {
    const error: unknown = await read(
      '[{"deviceId":"x","platform":"wns","handle":"secret-1"},{"deviceId":"y","platform":"apns","handle":"secret-2","voip":"secret-3"}]',
    ).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'INPUT_UNUSABLE',
      message:
        'The devices file devices.json is invalid: 0.platform: Invalid option: expected one of "apns"|"fcmv1"; 1: Unrecognized key: "voip".',
    });
    expect(String(error)).not.toContain('secret');
  });

  it('reports a file that is not JSON, without quoting it', async () => {
    await expect(read('[{"handle":"secret"')).rejects.toMatchObject({
      message: 'The devices file devices.json is not valid JSON.',
    });
  });

  it('reports JSON that is not an array', async () => {
    await expect(read('{}')).rejects.toMatchObject({
      message:
        'The devices file devices.json is invalid: file: Invalid input: expected array, received object.',
    });
  });

  it('reports a missing file', async () => {
    await expect(readDevicesFile('nowhere.json', cwd)).rejects.toMatchObject({
      code: 'INPUT_UNUSABLE',
      message: 'Cannot read the devices file nowhere.json.',
    });
  });
});

describe('sampleDevices', () => {
  it('returns an iPhone with a VoIP handle in Swedish, and an Android phone in English', () => {
    const devices = sampleDevices('8:acs:one');
    expect(devices.map(({ deviceId, platform, locale }) => [deviceId, platform, locale])).toEqual([
      ['sample-iphone', 'apns', 'sv'],
      ['sample-android', 'fcmv1', 'en'],
    ]);
    expect(devices[0]?.voipHandle).toMatch(/^[0-9a-f]{64}$/);
    expect(devices[1]?.voipHandle).toBeUndefined();
  });

  it('returns different handles for each user, the same on every run', () => {
    const handles = [...sampleDevices('8:acs:one'), ...sampleDevices('8:acs:two')].flatMap((device) => [
      device.handle,
      device.voipHandle ?? '',
    ]);
    expect(new Set(handles).size).toBe(7);
    expect(sampleDevices('8:acs:one')).toEqual(sampleDevices('8:acs:one'));
    expect(handles[0]).toBe('d3fc2d0bab1517777fa58052887e05f762c6d8274bd412fe612d5c46a2a44c8f');
  });
});
