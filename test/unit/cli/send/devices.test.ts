import { describe, expect, it } from 'vitest';
import { chooseDevices, type DeviceChoice } from '../../../../src/cli/send/devices.ts';
import { createMemoryTableStore } from '../../../../src/storage/memory-tables.ts';
import { openRegistry } from '../../../support/open-registry.ts';

const choice = { user: '8:acs:clinic_ada', kind: 'incoming-call' } as const;
const handle = 'A1'.repeat(32);

async function choose(over: Partial<DeviceChoice>) {
  const { registry } = openRegistry(createMemoryTableStore(), createMemoryTableStore());
  for (const deviceId of ['iphone', 'ipad']) {
    await registry.register(choice.user, deviceId, { platform: 'apns', handle: `${deviceId}-handle` });
  }
  return chooseDevices({ ...choice, ...over }, registry);
}

/** A registry that must not be read. */
const closed = {
  get: () => Promise.reject(new Error('storage was asked')),
  list: () => Promise.reject(new Error('storage was asked')),
};

describe('chooseDevices', () => {
  it('selects all devices of the user, or the named one', async () => {
    expect((await choose({})).map(({ deviceId }) => deviceId)).toEqual(['ipad', 'iphone']);
    expect((await choose({ device: 'iphone' })).map(({ deviceId }) => deviceId)).toEqual(['iphone']);
  });

  it('accepts a handle without reading storage', async () => {
    const alert = { ...choice, handle, platform: 'apns', locale: 'SV-se' } as const;
    expect(await chooseDevices(alert, closed)).toEqual([
      {
        recipientId: '8:acs:clinic_ada',
        deviceId: 'not-registered',
        platform: 'apns',
        handle: 'a1'.repeat(32),
        locale: 'sv-SE',
      },
    ]);
    const voip = { ...choice, handle, platform: 'apns', voip: true } as const;
    expect(await chooseDevices(voip, closed)).toEqual([
      {
        recipientId: '8:acs:clinic_ada',
        deviceId: 'not-registered',
        platform: 'apns',
        handle: 'a1'.repeat(32),
        voipHandle: 'a1'.repeat(32),
      },
    ]);
  });

  it.each([
    [{ user: 'ada' }, 'Invalid user id: it is not a Communication Services rawId such as'],
    [{ user: '8:acs:clinic_nobody' }, 'This user has no device that can receive pushes.'],
    [{ device: 'android' }, 'This user has no such device. See "acs-relay devices list".'],
    [{ device: 'no such/id' }, 'This user has no such device.'],
    [{ device: 'iphone', handle, platform: 'apns' }, 'Give either --device or --handle, not both.'],
    [{ handle }, '--handle requires --platform apns or --platform fcmv1.'],
    [{ handle, platform: 'gcm' }, 'platform must be "apns" or "fcmv1"'],
    [
      { handle: 'short', platform: 'apns' },
      'handle must be an even number of hex digits, 64 to 200 (it has 5',
    ],
    [
      { handle, platform: 'fcmv1', voip: true },
      '--voip is only valid with --platform apns and --kind incoming-call',
    ],
    [
      { handle, platform: 'apns', voip: true, kind: 'call-ended' },
      '--voip is only valid with --platform apns and --kind',
    ],
    [{ platform: 'apns' }, '--platform, --voip and --locale require --handle.'],
    [{ voip: true }, '--platform, --voip and --locale require --handle.'],
    [{ locale: 'sv' }, '--platform, --voip and --locale require --handle.'],
  ] as const)('rejects %j', async (over, message) => {
    await expect(choose(over)).rejects.toMatchObject({
      code: 'INPUT_UNUSABLE',
      message: expect.stringContaining(message),
    });
  });
});
