import { replayRecording, replaySettings } from '../../../src/cli/replay/replay-recording.ts';
import type { Device } from '../../../src/devices/device.ts';

/** A payload example of docs/notifications.md: one push of an event. */
export interface PayloadExample {
  readonly deviceId: string;
  readonly kind: string;
  readonly lateSeconds: number;
}

// The devices on that page.
function devicesOf(recipientId: string): readonly Device[] {
  const common = { recipientId, registeredAtMs: 0, expiresAtMs: Date.UTC(2100, 0, 1) };
  return [
    {
      ...common,
      deviceId: 'iphone',
      platform: 'apns',
      handle: 'a1'.repeat(32),
      voipHandle: 'b2'.repeat(32),
      locale: 'en',
    },
    { ...common, deviceId: 'ipad', platform: 'apns', handle: 'c3'.repeat(32), locale: 'sv' },
    { ...common, deviceId: 'android', platform: 'fcmv1', handle: 'd4'.repeat(32), locale: 'en' },
  ];
}

/** Returns what the relay sends for an example: `apns-*` headers and body for APNs, the body for FCM. */
export async function buildPayloadExample(eventJson: string, example: PayloadExample): Promise<unknown> {
  const { events } = await replayRecording(
    { name: 'example', text: eventJson },
    { config: replaySettings({}), devicesOf, lateMs: example.lateSeconds * 1000 },
  );
  const requests = events
    .flatMap((event) => event.pushes)
    .filter((push) => push.deviceId === example.deviceId && push.kind === example.kind)
    .map((push) => push.request);
  const [request] = requests;
  if (request === undefined || requests.length > 1) return `${requests.length} pushes`;
  if (request.headers['servicebusnotification-format'] === 'fcmv1') return request.body;
  const headers = Object.entries(request.headers).filter(([name]) => name.startsWith('apns-'));
  return { headers: Object.fromEntries(headers), body: request.body };
}
