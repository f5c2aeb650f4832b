import type { RungUser } from '../deliveries/call-memory.ts';
import { isSuperseded, type MessageKey } from '../deliveries/message-memory.ts';
import type { Device } from '../devices/device.ts';
import { RelayError } from '../errors/errors.ts';
import { stopRinging } from '../notifications/end-of-ring.ts';
import type { CallProgressEvent, Mapping } from '../notifications/map-event.ts';
import type { CallNotification, ChatNotification, Notification } from '../notifications/notification.ts';
import type { SpanSpec } from '../telemetry/tracing.ts';
import type { Attempt, ObservedAttempt, RelayDeps } from './attempt.ts';
import type { SkippedReason } from './event-report.ts';

/** One notification and the devices it is for. */
export interface Delivery {
  readonly notification: Notification;
  readonly devices: readonly Device[];
}

/** The devices that an event concerns, after reading storage. */
export type Recipients =
  | { readonly kind: 'deliveries'; readonly deliveries: readonly Delivery[] }
  /** A ring whose call was answered or has ended: what each device needs depends on whether it may be ringing already. */
  | {
      readonly kind: 'over';
      readonly why: 'answered' | 'missed';
      readonly ring: CallNotification;
      readonly devices: readonly Device[];
    }
  | { readonly kind: 'nobody'; readonly reason: SkippedReason };

/**
 * Finds the devices that an event concerns.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the devices, or the users rung for a call, cannot be read
 */
export function resolveRecipients(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  mapping: Exclude<Mapping, { kind: 'skipped' }>,
): Promise<Recipients> {
  return attempt.scope.run(lookupSpan, () =>
    mapping.kind === 'notify'
      ? resolveRecipient(deps, attempt, mapping.notification)
      : resolveRungUsers(deps, mapping.event),
  );
}

/** Finding the devices: span `acs.lookup`. */
const lookupSpan: SpanSpec<Recipients> = {
  name: 'acs.lookup',
  end: (recipients) => ({ attributes: { 'acs.lookup.devices': countDevices(recipients) } }),
};

function countDevices(recipients: Recipients): number {
  switch (recipients.kind) {
    case 'nobody':
      return 0;
    case 'over':
      return recipients.devices.length;
    case 'deliveries': {
      const devices = recipients.deliveries.flatMap((delivery) => delivery.devices);
      return new Set(devices.map(({ recipientId, deviceId }) => `${recipientId} ${deviceId}`)).size;
    }
  }
}

/**
 * Finds the devices of a notification's user. For a call it reads the call's state at the same time: a call that is over
 * does not ring any more, and a user who has joined since needs no notice at all. A ring can do without that state, and
 * waits for it no longer than one second after the devices are known.
 */
async function resolveRecipient(
  deps: RelayDeps,
  attempt: Attempt,
  notification: Notification,
): Promise<Recipients> {
  const isCall = 'callId' in notification;
  const finding = deps.findDevices(notification.recipientId);
  const needed = notification.kind === 'incoming-call' ? finding : undefined;
  const reading = isCall
    ? readCallState(deps, attempt, notification, 'ringing without it', needed)
    : undefined;
  const comparing = isCall ? false : isOldMessage(deps, notification);
  const [devices, state, isOld] = await Promise.all([finding, reading, comparing]);
  if (devices.length === 0) return { kind: 'nobody', reason: 'no-devices' };
  if (isOld) return { kind: 'nobody', reason: 'superseded' };
  if (isCall && state !== undefined) {
    if (notification.kind === 'incoming-call')
      return { kind: 'over', why: state, ring: notification, devices };
    if (state === 'answered') return { kind: 'nobody', reason: 'answered' };
  }
  return { kind: 'deliveries', deliveries: [{ notification, devices }] };
}

/**
 * Whether a message was edited or deleted since the version that this notification shows. An edit or a deletion is
 * recorded before it is sent, so that no older push is sent after it.
 */
async function isOldMessage(deps: RelayDeps, notification: ChatNotification): Promise<boolean> {
  const message = messageOf(notification);
  if (message === undefined) return false;
  const { kind, key, version } = message;
  const eventMs = notification.sentAtMs;
  const isDeleted = kind === 'chat-message-deleted';
  const recording =
    kind === 'chat-message' ? undefined : deps.messages.remember(key, { version, isDeleted, eventMs });
  const reading = isDeleted ? undefined : deps.messages.newest(key, eventMs, deps.clock());
  const [newest] = await Promise.all([reading, recording]);
  return newest !== undefined && isSuperseded(kind, version, newest);
}

/** A message whose state the relay remembers. */
interface NotifiedMessage {
  readonly kind: 'chat-message' | 'chat-message-edited' | 'chat-message-deleted';
  readonly key: MessageKey;
  readonly version: number;
}

/** Returns the message that a notification is about; undefined where it is about a thread. */
export function messageOf({
  kind,
  threadId,
  messageId,
  recipientId,
  version,
}: ChatNotification): NotifiedMessage | undefined {
  if (kind !== 'chat-message' && kind !== 'chat-message-edited' && kind !== 'chat-message-deleted')
    return undefined;
  if (messageId === undefined || version === undefined) return undefined;
  return { kind, key: { threadId, messageId, recipientId }, version };
}

/**
 * Finds the devices on which the ringing ends: those of the user who joined, or all that were rung for a call that has
 * ended. It records the event before it reads who was rung, and a ring records who is rung before it reads the event: so
 * at least one of the two sees the other, in whatever order they run.
 */
async function resolveRungUsers(deps: RelayDeps, event: CallProgressEvent): Promise<Recipients> {
  const nowMs = deps.clock();
  if (event.kind === 'call-ended') {
    await deps.calls.markEnded(event.callId, nowMs);
  } else if (event.participantId !== undefined) {
    await deps.calls.markJoined(event.callId, event.participantId, nowMs);
  }
  const call = await deps.calls.readCall(event.callId, nowMs);
  const joined = new Set(call.joined.map((user) => user.userId));
  const concerned = call.rung.filter(
    (user) => event.kind === 'call-ended' || user.recipientId === event.participantId,
  );
  const deliveries = await Promise.all(
    concerned.map((user) => deliveriesFor(deps, event, user, joined.has(user.recipientId))),
  );
  const all = deliveries.flat();
  return all.length === 0
    ? { kind: 'nobody', reason: concerned.length === 0 ? 'nobody-rung' : 'no-devices' }
    : { kind: 'deliveries', deliveries: all };
}

async function deliveriesFor(
  deps: RelayDeps,
  event: CallProgressEvent,
  user: RungUser,
  hasJoined: boolean,
): Promise<readonly Delivery[]> {
  const devices = (await deps.findDevices(user.recipientId)).filter((device) =>
    user.deviceIds.includes(device.deviceId),
  );
  if (devices.length === 0) return [];
  const why = event.kind === 'call-participant-added' ? 'answered' : hasJoined ? 'ended' : 'missed';
  const { callId, serverCallId } = event;
  const { recipientId, callerId, callerName } = user;
  return stopRinging(
    why,
    { callId, serverCallId, recipientId, callerId, callerName },
    event,
    deps.mapping,
  ).map((notification) => ({ notification, devices }));
}

/**
 * Reads whether a call is over for the user it rings: `answered` when the user joined since the ring, `missed` when the
 * call ended without them. A user who joined before this ring was called again and must be rung again.
 *
 * @param doing what happens without an answer, for the log
 * @param needed data the caller is waiting for at the same time; if given, the answer counts only up to one second after it
 * @returns undefined while the call may ring, and when the call memory cannot be read: a ring does not wait for it
 */
export async function readCallState(
  deps: RelayDeps,
  attempt: Attempt,
  { callId, recipientId, sentAtMs }: CallNotification,
  doing: string,
  needed?: Promise<unknown>,
): Promise<'answered' | 'missed' | undefined> {
  try {
    // What happened before the ring does not end it.
    const reading = deps.calls.readCall(callId, deps.clock(), sentAtMs);
    const call = await (needed === undefined ? reading : withinGraceOf(deps.startTimer, needed, reading));
    const joined = call.joined.some((user) => user.userId === recipientId && user.firstAtMs >= sentAtMs);
    if (joined) return 'answered';
    return call.endedAtMs === undefined ? undefined : 'missed';
  } catch {
    attempt.log('warn', 'call-memory-unavailable', { doing });
    return undefined;
  }
}

// Once storage has answered one request, a concurrent one normally follows within 100 ms.
const graceMs = 1_000;

/**
 * Waits for optional data no longer than one second after the required data has arrived. While the required data is
 * pending, and if it fails, the optional data has no deadline.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE` when the second is over; a later result of `wanted` is ignored
 */
export async function withinGraceOf<Value>(
  startTimer: RelayDeps['startTimer'],
  needed: Promise<unknown>,
  wanted: Promise<Value>,
): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  let isOver = false;
  let stopTimer = () => {};
  const startGrace = () => {
    if (!isOver) stopTimer = startTimer(graceMs, () => reject(tooLate()));
  };
  needed.then(startGrace, () => undefined);
  try {
    return await Promise.race([wanted, late]);
  } finally {
    isOver = true;
    stopTimer();
  }
}

function tooLate(): RelayError {
  return new RelayError({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message: `Azure Storage did not answer one of several concurrent requests within ${graceMs} ms after the others. The ring was sent without it. If this happens often, check the latency and throttling metrics of the storage account.`,
  });
}
