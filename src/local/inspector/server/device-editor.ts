import { hash } from 'node:crypto';
import * as z from 'zod';
import { maskHandle } from '../../../devices/device.ts';
import { omitUndefined } from '../../../shared/json.ts';
import { sampleDevices, sampleUserId } from '../../sample-devices.ts';

/** A device as the device API returns it, with masked handles. */
export type DeviceView = z.infer<typeof deviceView>;

/** Edits the devices of the sample user through the device API, as an app would. */
export interface DeviceEditor {
  readonly list: () => Promise<readonly DeviceView[]>;
  readonly put: (change: z.infer<typeof deviceChange>) => Promise<DeviceAnswer>;
  readonly remove: (deviceId: string) => Promise<DeviceAnswer>;
}

interface DeviceAnswer {
  readonly status: number;
  readonly body: string;
}

const deviceView = z.object({
  deviceId: z.string(),
  platform: z.enum(['apns', 'fcmv1']),
  handle: z.string(),
  voipHandle: z.string().optional(),
  locale: z.string().optional(),
});

const deviceList = z.object({ devices: z.array(deviceView) });

/** A change of a device by the page. */
export const deviceChange = z.strictObject({
  deviceId: z.string().min(1).max(128),
  platform: z.enum(['apns', 'fcmv1']),
  locale: z.string().max(35),
  voip: z.boolean(),
});

/** The page never sees an unmasked handle: a device gets the handles of {@link makeHandles}. */
export function createDeviceEditor(hostUrl: string): DeviceEditor {
  const collection = `${hostUrl}/api/users/${encodeURIComponent(sampleUserId)}/devices`;
  const urlOf = (deviceId: string) => `${collection}/${encodeURIComponent(deviceId)}`;
  const send = async (url: string, method: string, body?: object): Promise<DeviceAnswer> => {
    const response = await fetch(url, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.text() };
  };
  return {
    list: async () => {
      const { status, body } = await send(collection, 'GET');
      return status === 200 ? deviceList.parse(JSON.parse(body)).devices : [];
    },
    put: ({ deviceId, platform, locale, voip }) => {
      const { handle, voipHandle } = makeHandles(deviceId, platform);
      return send(urlOf(deviceId), 'PUT', {
        platform,
        handle,
        ...(voip && platform === 'apns' ? { voipHandle } : {}),
        ...(locale === '' ? {} : { locale }),
      });
    },
    remove: (deviceId) => send(urlOf(deviceId), 'DELETE'),
  };
}

interface FoundHandles {
  readonly handle?: string;
  readonly voipHandle?: string;
}

/**
 * Finds the unmasked handles of a device, since the device API returns only masked ones: among those that the inspector
 * makes, or else among those with pushes.
 */
export function findHandles(device: DeviceView, seen: readonly string[]): FoundHandles {
  const { handle, voipHandle } = makeHandles(device.deviceId, device.platform);
  const find = (mask: string | undefined, made: string) =>
    mask === undefined ? undefined : [made, ...seen].find((candidate) => maskHandle(candidate) === mask);
  return omitUndefined({
    handle: find(device.handle, handle),
    voipHandle: find(device.voipHandle, voipHandle),
  });
}

interface MadeHandles {
  readonly handle: string;
  /** For an iPhone with VoIP pushes. */
  readonly voipHandle: string;
}

/** Sample devices keep their handles; those of any other device are derived from its id. */
function makeHandles(deviceId: string, platform: 'apns' | 'fcmv1'): MadeHandles {
  const sample = sampleDevices.find((device) => device.deviceId === deviceId)?.registration;
  const known = sample?.platform === platform ? sample : undefined;
  const hex = (use: string) => hash('sha256', `${use} ${deviceId}`, 'hex');
  return {
    handle: known?.handle ?? (platform === 'apns' ? hex('alert') : `local-${hex('fcm')}:APA91b-inspector`),
    voipHandle: known?.voipHandle ?? hex('voip'),
  };
}
