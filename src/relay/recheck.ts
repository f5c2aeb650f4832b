import { isSuperseded } from '../deliveries/message-memory.ts';
import type { Device } from '../devices/device.ts';
import { RelayError } from '../errors/errors.ts';
import type { DroppedReason } from '../notification-hubs/push-outcome.ts';
import type { CallNotification, ChatNotification, Notification } from '../notifications/notification.ts';
import type { Attempt, RelayDeps } from './attempt.ts';
import { messageOf, readCallState } from './recipients.ts';

/**
 * Reads the facts behind a push again, before a try that follows a wait: an old text must not come back, and no phone may
 * show what is somebody else's by now or ring for a call that was taken.
 *
 * @param handle the device handle that the push goes to
 * @returns undefined while the push is right
 * @throws RelayError `STORAGE_UNAVAILABLE` when the facts cannot be read; `DELIVERY_INCOMPLETE` when the device has
 *   registered another handle, which only a redelivery reaches
 */
export async function recheckPush(
  deps: RelayDeps,
  attempt: Attempt,
  notification: Notification,
  { recipientId, deviceId }: Device,
  handle: string,
): Promise<DroppedReason | undefined> {
  const [devices, reason] = await Promise.all([
    deps.findDevices(recipientId),
    'callId' in notification ? recheckCall(deps, attempt, notification) : recheckMessage(deps, notification),
  ]);
  const device = devices.find((other) => other.deviceId === deviceId);
  if (device === undefined) return 'moved';
  if (reason === undefined && device.handle !== handle && device.voipHandle !== handle) throw handleChanged();
  return reason;
}

async function recheckCall(
  deps: RelayDeps,
  attempt: Attempt,
  call: CallNotification,
): Promise<DroppedReason | undefined> {
  if (call.kind !== 'incoming-call' && call.kind !== 'missed-call') return undefined;
  const state = await readCallState(deps, attempt, call, 'retrying without it');
  if (state === 'answered') return 'answered';
  return call.kind === 'incoming-call' && state === 'missed' ? 'over' : undefined;
}

async function recheckMessage(deps: RelayDeps, chat: ChatNotification): Promise<DroppedReason | undefined> {
  const message = messageOf(chat);
  if (message === undefined) return undefined;
  const newest = await deps.messages.newest(message.key, chat.sentAtMs, deps.clock());
  return isSuperseded(message.kind, message.version, newest) ? 'superseded' : undefined;
}

function handleChanged(): RelayError {
  return new RelayError({
    code: 'DELIVERY_INCOMPLETE',
    class: 'provider',
    message:
      'The device registered another handle while the push waited. The redelivery of the event reaches it.',
  });
}
