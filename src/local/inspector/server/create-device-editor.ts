import * as z from 'zod';
import { sampleUserId } from '../../samples/sample-devices.ts';
import { makeHandles } from './make-handles.ts';

/** A device as the device API shows it. */
const deviceView = z.object({
  deviceId: z.string(),
  platform: z.enum(['apns', 'fcmv1']),
  handle: z.string(),
  voipHandle: z.string().optional(),
  locale: z.string().optional(),
});
const deviceList = z.object({ devices: z.array(deviceView) });

/** See {@link deviceView}: handles are masked. */
export type DeviceView = z.infer<typeof deviceView>;

/** What the page says of a device. */
export const deviceChange = z.strictObject({
  deviceId: z.string().min(1).max(128),
  platform: z.enum(['apns', 'fcmv1']),
  locale: z.string().max(35),
  voip: z.boolean(),
});

/** An answer of the device API. */
export interface DeviceAnswer {
  readonly status: number;
  readonly body: string;
}

/** The devices of the sample user, changed through the device API as an app would. */
export interface DeviceEditor {
  readonly list: () => Promise<readonly DeviceView[]>;
  readonly put: (change: z.infer<typeof deviceChange>) => Promise<DeviceAnswer>;
  readonly remove: (deviceId: string) => Promise<DeviceAnswer>;
}

/**
 * Edits devices over HTTP. The page knows no whole handle: a device gets those that {@link makeHandles} makes.
 */
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
