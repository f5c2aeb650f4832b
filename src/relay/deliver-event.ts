import { payloadHash } from '../deliveries/call-secrets.ts';
import { outcomeOf } from '../deliveries/claim.ts';
import { deliveryKey, isFinalOutcome } from '../deliveries/outcomes.ts';
import type { Device } from '../devices/device.ts';
import { RelayError } from '../errors/errors.ts';
import type { RelayEvent } from '../events/relay-event.ts';
import { missedCall, stopRinging } from '../notifications/end-of-ring.ts';
import { type MappingOptions, mapEvent } from '../notifications/map-event.ts';
import type { ObservedAttempt, RelayDeps } from './attempt.ts';
import { claimEvent, claimSpan } from './claim-event.ts';
import type { EventReport, PushReport } from './event-report.ts';
import {
  type Delivery,
  lookupSpan,
  type Recipients,
  resolveRecipients,
  resolveRungUsers,
} from './recipients.ts';
import { type KnownOutcome, sendAll } from './send-deliveries.ts';
import { type AttemptResult, settleEvent } from './settle-event.ts';

/**
 * What is to be sent, given what earlier attempts did. A device that rang in time needs no notice that the call came
 * late. When the ring is over, a device that an earlier attempt may have rung must be told to stop: that attempt may have
 * died before it wrote down whom it rang, and then nobody else knows.
 *
 * @param nowMs when the ring was found to be over, epoch milliseconds
 */
export function planDeliveries(
  recipients: Recipients,
  known: KnownOutcome,
  nowMs: number,
  mapping: MappingOptions,
): readonly Delivery[] {
  const rang = ({ recipientId, deviceId }: Device) =>
    known(deliveryKey({ recipientId, deviceId, kind: 'incoming-call' }));
  switch (recipients.kind) {
    case 'nobody':
      return [];
    case 'deliveries':
      return recipients.deliveries.map(({ notification, devices }) => ({
        notification,
        devices:
          notification.kind === 'missed-call'
            ? devices.filter((device) => rang(device) !== 'accepted')
            : devices,
      }));
    case 'over': {
      const { why, ring, devices } = recipients;
      const mayBeRinging = (device: Device) => rang(device) === 'accepted' || rang(device) === 'unknown';
      const stops = stopRinging(why, ring, { identity: ring.identity, timeMs: nowMs }, mapping).map(
        (notification) => ({ notification, devices: devices.filter(mayBeRinging) }),
      );
      const silent = devices.filter((device) => !mayBeRinging(device));
      const notices = why === 'missed' ? [{ notification: missedCall(ring, mapping), devices: silent }] : [];
      return [...stops, ...notices].filter((delivery) => delivery.devices.length > 0);
    }
  }
}

/**
 * Takes one valid event through to its pushes: claims it while it looks up whom it concerns, sends, and settles.
 *
 * @param value the event as received
 * @throws RelayError `STORAGE_UNAVAILABLE` when storage failed before anything was sent
 */
export async function deliverEvent(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  event: RelayEvent,
  value: unknown,
): Promise<EventReport> {
  const { identity } = event;
  const mapping = mapEvent(event, deps.clock(), deps.mapping);
  if (mapping.kind === 'skipped') return { kind: 'skipped', identity, reason: mapping.reason };
  const resolve = () =>
    mapping.kind === 'notify'
      ? resolveRecipients(deps, attempt, mapping.notification)
      : resolveRungUsers(deps, mapping.event);
  // Both are under way at once: one storage round trip stands before a ring.
  const resolving = attempt.scope.run(lookupSpan, resolve);
  const [recipients, claiming] = await Promise.allSettled([
    resolving,
    attempt.scope.run(claimSpan, () =>
      claimEvent(deps, attempt, event, payloadHash(dataOf(value)), resolving),
    ),
  ]);
  if (claiming.status === 'rejected') throw claiming.reason;
  const claimed = claiming.value;
  switch (claimed.kind) {
    case 'settled':
      return { kind: 'skipped', identity, reason: 'delivered-before' };
    case 'busy':
      return { kind: 'deferred', identity, reason: 'busy' };
    case 'payload-changed':
      return { kind: 'poison', identity, error: payloadChanged() };
    case 'degraded':
    case 'claimed': {
      const claim = claimed.kind === 'claimed' ? claimed.claim : undefined;
      return await sendAndSettle(deps, attempt, { event, value, claim }, recipients);
    }
  }
}

function dataOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'data' in value ? value.data : value;
}

function payloadChanged(): RelayError {
  return new RelayError({
    code: 'EVENT_PAYLOAD_CHANGED',
    class: 'user',
    message:
      'An event with this source, id and type was seen before with other data. It was put aside, since one of the two is not what it says. Compare the two; should this one be right, publish it again under an id of its own.',
  });
}

async function sendAndSettle(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  context: Pick<AttemptResult, 'event' | 'value' | 'claim'>,
  resolving: PromiseSettledResult<Recipients>,
): Promise<EventReport> {
  const { identity } = context.event;
  const { claim } = context;
  const known: KnownOutcome = (key) => (claim === undefined ? 'untried' : outcomeOf(claim, key));
  let sent: readonly PushReport[] | RelayError = [];
  try {
    if (resolving.status === 'rejected') throw resolving.reason;
    const deliveries = planDeliveries(resolving.value, known, deps.clock(), deps.mapping);
    if (deliveries.length > 0) sent = await trySendAll(deps, attempt, deliveries, known);
  } catch (error) {
    // Given back at once: a redelivery must not wait for the lease to end.
    await settleEvent(deps, attempt, { ...context, pushes: [], settled: false });
    throw error;
  }
  // Its claim runs out by itself, since it is not done until it is put aside.
  if (sent instanceof RelayError) return { kind: 'poison', identity, error: sent };
  const settled = sent.every(({ outcome }) => isFinalOutcome(outcome.kind));
  await settleEvent(deps, attempt, { ...context, pushes: sent, settled });
  if (resolving.value.kind === 'nobody') return { kind: 'skipped', identity, reason: resolving.value.reason };
  const isAnswered = resolving.value.kind === 'over' && resolving.value.why === 'answered';
  if (isAnswered && sent.length === 0) return { kind: 'skipped', identity, reason: 'answered' };
  const degraded = claim === undefined ? { degraded: true as const } : {};
  return { kind: 'pushed', identity, pushes: sent, settled, ...degraded };
}

// What no push can be made of is poison; anything else that is thrown here is a fault.
async function trySendAll(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  deliveries: readonly Delivery[],
  known: KnownOutcome,
): Promise<readonly PushReport[] | RelayError> {
  try {
    return await sendAll(deps, attempt, deliveries, known);
  } catch (error) {
    if (error instanceof RelayError && error.code === 'EVENT_PAYLOAD_TOO_LARGE') return error;
    throw error;
  }
}
