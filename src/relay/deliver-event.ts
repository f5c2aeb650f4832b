import { outcomeOf } from '../deliveries/claim.ts';
import { deliveryKey, isFinalOutcome, ledgerOutcome } from '../deliveries/outcomes.ts';
import type { Device } from '../devices/device.ts';
import { RelayError } from '../errors/errors.ts';
import { isCallEvent } from '../events/parse-event.ts';
import type { RelayEvent } from '../events/relay-event.ts';
import { missedCall, stopRinging } from '../notifications/end-of-ring.ts';
import { type Mapping, type MappingOptions, mapEvent } from '../notifications/map-event.ts';
import type { ObservedAttempt, RelayDeps } from './attempt.ts';
import { claimEvent, type EventClaim, type Lease, type Leases, noLease } from './claim-event.ts';
import type { EventReport, PushReport } from './event-report.ts';
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
  leases: Leases,
  attempt: ObservedAttempt,
  event: RelayEvent,
  value: unknown,
): Promise<EventReport> {
  const { identity } = event;
  const mapping = mapEvent(event, deps.clock(), deps.mapping);
  if (mapping.kind === 'skipped') return { kind: 'skipped', identity, reason: mapping.reason };
  const { claimed, resolving } = await claimInTurn(deps, attempt, event, value, mapping);
  const send = (lease: Lease) =>
    sendAndSettle(deps, attempt, { event, value, claim: lease.claim() }, lease, resolving);
  switch (claimed.kind) {
    case 'settled':
      return { kind: 'skipped', identity, reason: 'delivered-before' };
    case 'busy':
      return { kind: 'deferred', identity, reason: 'busy' };
    case 'payload-changed':
      return { kind: 'poison', identity, error: payloadChanged() };
    case 'degraded':
      return send(noLease);
    case 'claimed':
      return send(leases.hold(attempt, event, claimed.claim));
  }
}

interface ClaimedRecipients {
  readonly claimed: EventClaim;
  readonly resolving: Promise<Recipients>;
}

/**
 * Claims an event. A call that another owner holds waits for the end of the lease, and is asked for once more: Event Grid
 * comes back 10 s after a failure at the earliest, and then only 30 s later, when a ring is over. What was read before
 * the wait is read again. A message does not wait: it comes again.
 */
async function claimInTurn(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  event: RelayEvent,
  value: unknown,
  mapping: PushMapping,
): Promise<ClaimedRecipients> {
  // Computed once: an event from the future rings no longer than one of now.
  const deadlineMs = Math.min(event.timeMs, deps.clock()) + deps.mapping.ringMs;
  const first = await claimAndResolve(deps, attempt, event, value, mapping);
  if (first.claimed.kind !== 'busy' || !isCallEvent(event)) return first;
  const latestMs = Math.min(deadlineMs, attempt.budgetEndsMs) - leastWorkMs;
  const waitMs = Math.min(first.claimed.leaseUntilMs + timerSlackMs, latestMs) - deps.clock();
  if (waitMs <= 0) return first;
  await deps.sleep(waitMs);
  return claimAndResolve(deps, attempt, event, value, mapping);
}

// A push needs some time before the ring is over.
const leastWorkMs = 2_000;

// A timer may be some milliseconds early by the clock.
const timerSlackMs = 20;

type PushMapping = Exclude<Mapping, { kind: 'skipped' }>;

// Side by side, so that only one storage round trip precedes a ring.
async function claimAndResolve(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  event: RelayEvent,
  value: unknown,
  mapping: PushMapping,
): Promise<ClaimedRecipients> {
  const resolving = resolveRecipients(deps, attempt, mapping);
  const claiming = claimEvent(deps, attempt, event, value, resolving);
  await Promise.allSettled([resolving, claiming]);
  return { claimed: await claiming, resolving };
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
  lease: Lease,
  resolving: Promise<Recipients>,
): Promise<EventReport> {
  const { identity } = claimed.event;
  const { claim } = claimed;
  const known: KnownOutcome = (key) => (claim === undefined ? 'untried' : outcomeOf(claim, key));
  const working = { ...attempt, mayStartTry: lease.isHeld, noteAccepted: lease.noteAccepted };
  const settle = (pushes: readonly PushReport[], isSettled: boolean) => {
    lease.end();
    return settleEvent(deps, attempt, { ...claimed, claim: lease.claim() }, pushes, isSettled);
  };
  let recipients: Recipients;
  let pushes: readonly PushReport[];
  try {
    recipients = await resolving;
    const deliveries = planDeliveries(recipients, known, deps.clock(), deps.mapping);
    pushes = await sendDeliveries(deps, working, deliveries, known);
  } catch (error) {
    const poison = poisonOf(error);
    if (poison === undefined) {
      // Before its lease ends: the redelivery must not wait for that.
      await settle([], false);
      throw error;
    }
    // Not settled: it is not done until it is dead-lettered. Its lease expires.
    lease.end();
    return { kind: 'poison', identity, error: poison };
  }
  const settled = pushes.every(({ outcome }) => isFinalOutcome(ledgerOutcome(outcome)));
  await settle(pushes, settled);
  if (recipients.kind === 'nobody') return { kind: 'skipped', identity, reason: recipients.reason };
  const isAnswered = recipients.kind === 'over' && recipients.why === 'answered';
  if (isAnswered && pushes.length === 0) return { kind: 'skipped', identity, reason: 'answered' };
  const degraded = claim === undefined ? { degraded: true as const } : {};
  return { kind: 'pushed', identity, pushes, settled, ...degraded };
}

/** The error of an event that can never become a push, or undefined. Every other exception is a failure or a bug. */
function poisonOf(error: unknown): RelayError | undefined {
  if (!(error instanceof RelayError)) return undefined;
  if (error.code === 'EVENT_PAYLOAD_TOO_LARGE') return error;
  if (error.code !== 'STORAGE_KEY_INVALID') return undefined;
  return new RelayError({
    code: 'EVENT_DATA_INVALID',
    class: 'user',
    message: `The event names a user whose id is too long for a table, so no device can be registered for it. Real ids have at most about 120 characters, hardly any of which need escaping. ${error.message}`,
    cause: error,
  });
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
