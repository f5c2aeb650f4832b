import type { RungUser } from '../deliveries/call-memory.ts';
import type { Device } from '../devices/device.ts';
import { stopRinging } from '../notifications/end-of-ring.ts';
import type { CallProgressEvent } from '../notifications/map-event.ts';
import type { Delivery } from './delivery.ts';
import type { Gathered } from './gathered.ts';
import type { RelayDeps } from './relay-deps.ts';

/**
 * Finds whom the end of a ringing concerns: the user who joined, or everybody who was rung for a call that is over. What
 * happened is written down before it is asked who was rung, and a ring writes down whom it rang before it asks what
 * happened: so one of the two always sees the other, in whatever order they run.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`
 */
export async function gatherCallProgress(deps: RelayDeps, event: CallProgressEvent): Promise<Gathered> {
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
  const devices = (await deps.findDevices(user.recipientId)).filter((device: Device) =>
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
