import { outcomeOf } from '../deliveries/claim.ts';
import { deliveryKey, isFinalOutcome } from '../deliveries/outcomes.ts';
import type { Device } from '../devices/device.ts';
import { RelayError } from '../errors/errors.ts';
import type { RelayEvent } from '../events/relay-event.ts';
import { missedCall, stopRinging } from '../notifications/end-of-ring.ts';
import { type MappingOptions, mapEvent } from '../notifications/map-event.ts';
import type { ObservedAttempt, RelayDeps } from './attempt.ts';
import { claimEvent } from './claim-event.ts';
import { type EventReport, ledgerOutcome, type PushReport } from './event-report.ts';
import { type Delivery, type Recipients, resolveRecipients } from './recipients.ts';
import { type KnownOutcome, sendDeliveries } from './send-deliveries.ts';
import { type ClaimedEvent, settleEvent } from './settle-event.ts';

/**
 * Takes one valid event through to its pushes: claims it while it looks up the devices, sends, and settles.
 *
 * @param value the event as received
 * @throws RelayError `STORAGE_UNAVAILABLE` when storage failed before anything was sent, or when a failed push could not
 *   be dead-lettered
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
  // Side by side, so that only one storage round trip precedes a ring.
  const resolving = resolveRecipients(deps, attempt, mapping);
  const claiming = claimEvent(deps, attempt, event, value, resolving);
  await Promise.allSettled([resolving, claiming]);
  const claimed = await claiming;
  switch (claimed.kind) {
    case 'settled':
      return { kind: 'skipped', identity, reason: 'delivered-before' };
    case 'busy':
      return { kind: 'deferred', identity, reason: 'busy' };
    case 'payload-changed':
      return { kind: 'poison', identity, error: payloadChanged() };
    case 'degraded':
      return sendAndSettle(deps, attempt, { event, value, claim: undefined }, resolving);
    case 'claimed':
      return sendAndSettle(deps, attempt, { event, value, claim: claimed.claim }, resolving);
  }
}

function payloadChanged(): RelayError {
  return new RelayError({
    code: 'EVENT_PAYLOAD_CHANGED',
    class: 'user',
    message:
      'An event with this source, id and type was received before with different data. It was dead-lettered because the two conflict. If this one is correct, publish it again with a new id.',
  });
}

async function sendAndSettle(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  claimed: ClaimedEvent,
  resolving: Promise<Recipients>,
): Promise<EventReport> {
  const { identity } = claimed.event;
  const { claim } = claimed;
  const known: KnownOutcome = (key) => (claim === undefined ? 'untried' : outcomeOf(claim, key));
  const release = async (error: unknown): Promise<never> => {
    // Before its lease ends: the redelivery must not wait for that.
    await settleEvent(deps, attempt, claimed, [], false);
    throw error;
  };
  const recipients = await resolving.catch(release);
  let pushes: readonly PushReport[];
  try {
    const deliveries = planDeliveries(recipients, known, deps.clock(), deps.mapping);
    pushes = await sendDeliveries(deps, attempt, deliveries, known);
  } catch (error) {
    // An event that cannot become a push is poison; any other exception here is a bug.
    if (!(error instanceof RelayError && error.code === 'EVENT_PAYLOAD_TOO_LARGE')) return release(error);
    // Not settled: it is not done until it is dead-lettered. Its lease expires.
    return { kind: 'poison', identity, error };
  }
  const settled = pushes.every(({ outcome }) => isFinalOutcome(ledgerOutcome(outcome)));
  await settleEvent(deps, attempt, claimed, pushes, settled);
  if (recipients.kind === 'nobody') return { kind: 'skipped', identity, reason: recipients.reason };
  const isAnswered = recipients.kind === 'over' && recipients.why === 'answered';
  if (isAnswered && pushes.length === 0) return { kind: 'skipped', identity, reason: 'answered' };
  const degraded = claim === undefined ? { degraded: true as const } : {};
  return { kind: 'pushed', identity, pushes, settled, ...degraded };
}

/**
 * Decides what to send, given what earlier attempts did. A device that rang in time needs no notice that the call came
 * late. When the ring is over, a device that an earlier attempt may have rung must be stopped: that attempt may have died
 * before it recorded whom it rang, and then no other event stops the device.
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
