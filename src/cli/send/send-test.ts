import { buildPush } from '../../notifications/build-push.ts';
import type { Notification } from '../../notifications/notification.ts';
import type { HubTarget } from '../../notifications/push.ts';
import type { HubClients, RelayDeps } from '../../relay/attempt.ts';
import { type SentPush, sendPush } from '../../relay/send-push.ts';
import type { TestDevice } from './choose-devices.ts';

/** What sending takes: that of the pipeline, and no more. */
export type SendMeans = Pick<
  RelayDeps,
  'clock' | 'sleep' | 'random' | 'defaultLocale' | 'alertHub' | 'voipHub'
> & {
  /** When the last try must be over, epoch milliseconds. */
  readonly budgetEndsMs: number;
};

/** What came of the push to one device. */
export interface SentTest extends SentPush {
  readonly device: TestDevice;
  readonly target: HubTarget;
  /** The handle that was pushed to: that for PushKit, or the other one. */
  readonly handle: string;
}

/** Sends a notification to one device as the pipeline does: the hub by the push, retries and stand-in included. */
export async function sendTest(
  means: SendMeans,
  notification: Notification,
  device: TestDevice,
): Promise<SentTest> {
  const { alertHub, voipHub, defaultLocale, budgetEndsMs } = means;
  const buildAt = (nowMs: number) =>
    buildPush(notification, device, { nowMs, voipHub: voipHub !== undefined, defaultLocale });
  const { target } = buildAt(means.clock());
  const isVoip = target === 'voip';
  const hubs: HubClients = isVoip ? (voipHub ?? alertHub) : alertHub;
  const handle = isVoip ? (device.voipHandle ?? device.handle) : device.handle;
  const push = { expiresAtMs: notification.expiresAtMs, buildAt };
  const sent = await sendPush(means, hubs, push, handle, budgetEndsMs);
  return { device, target, handle, ...sent };
}
