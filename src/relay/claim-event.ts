import { contentHash, payloadHash } from '../deliveries/call-secrets.ts';
import { abandoned, type Claim, type ClaimResult, callLeaseMs, leaseMsFor } from '../deliveries/claim.ts';
import type { Outcomes } from '../deliveries/outcomes.ts';
import { RelayError } from '../errors/errors.ts';
import { isCallEvent } from '../events/parse-event.ts';
import type { RelayEvent } from '../events/relay-event.ts';
import type { SpanSpec } from '../telemetry/tracing.ts';
import type { Attempt, ObservedAttempt, RelayDeps } from './attempt.ts';
import { withinGraceOf } from './recipients.ts';

/** The ledger's answer, or `degraded`: the ledger is down or hangs, and a ring does not wait for it. */
export type EventClaim = ClaimResult | { readonly kind: 'degraded' };

/**
 * Claims an event in the ledger. If the ledger is down, a ring goes out anyway, because twice is better than never; for a
 * ring, a ledger that has not answered one second after the devices are known counts as down. Any other event waits for
 * the redelivery.
 *
 * @param value the event as received
 * @param resolving the devices, being read at the same time
 * @throws RelayError `STORAGE_UNAVAILABLE` when the ledger is down and the event is not a ring
 */
export function claimEvent(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  event: RelayEvent,
  value: unknown,
  resolving: Promise<unknown>,
): Promise<EventClaim> {
  return attempt.scope.run(claimSpan, () => claim(deps, attempt, event, value, resolving));
}

/** Claiming an event: span `acs.claim`. */
const claimSpan: SpanSpec<EventClaim> = {
  name: 'acs.claim',
  end: (claimed) => ({
    attributes: {
      'acs.claim.result': claimed.kind,
      'acs.claim.attempt': claimed.kind === 'claimed' ? claimed.claim.attempt : undefined,
    },
    ...(claimed.kind === 'degraded' ? { failed: 'STORAGE_UNAVAILABLE' } : {}),
  }),
  fail: () => ({ 'acs.claim.result': 'failed' }),
};

async function claim(
  deps: RelayDeps,
  attempt: Attempt,
  event: RelayEvent,
  value: unknown,
  resolving: Promise<unknown>,
): Promise<EventClaim> {
  const data = dataOf(value);
  const nowMs = deps.clock();
  const isRing = event.kind === 'incoming-call';
  const about = isCallEvent(event) ? 'call' : 'chat';
  const leaseMs = leaseMsFor({ about, nowMs, budgetEndsMs: attempt.budgetEndsMs });
  try {
    const hashes = { payloadHash: payloadHash(data), contentHash: contentHash(data) };
    const request = { owner: attempt.owner, ...hashes, nowMs, leaseMs };
    const claiming = deps.ledger.claim(
      event,
      attempt.redrive === true ? { ...request, redrive: true } : request,
    );
    return await (isRing ? withinGraceOf(deps.startTimer, resolving, claiming) : claiming);
  } catch (error) {
    if (!isRing || !(error instanceof RelayError)) throw error;
    attempt.log('error', 'ledger-unavailable', { doing: 'ringing without it', code: error.code });
    return { kind: 'degraded' };
  }
}

// The envelope is not part of the payload: it differs between the two event schemas.
function dataOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'data' in value ? value.data : value;
}

/** What an attempt holds of its event while it works on it. */
export interface Lease {
  /** The claim as it was last renewed, to settle with; undefined without a ledger, and once the lease was given back. */
  readonly claim: () => Claim | undefined;
  /** False once another owner may have the event. */
  readonly isHeld: () => boolean;
  /** Notes the delivery key of a push that the hub accepted. */
  readonly noteAccepted: (key: string) => void;
  /** Stops renewing the lease, before it is settled. */
  readonly end: () => void;
}

/** The leases of all attempts of a process. */
export interface Leases {
  /**
   * Holds a claim. A call's lease is renewed while its work goes on, but not beyond its attempt: work that hangs must not
   * keep the event for ever.
   */
  readonly hold: (attempt: Attempt, event: RelayEvent, claim: Claim) => Lease;
  /**
   * Gives every lease back with what is known of its pushes, so that the redelivery need not wait until it ends. A ledger
   * that fails keeps the lease.
   */
  readonly giveBack: () => Promise<void>;
}

/** The lease of an attempt that works without the ledger. */
export const noLease: Lease = {
  claim: () => undefined,
  isHeld: () => true,
  noteAccepted: () => {},
  end: () => {},
};

/** Keeps the leases of a process. */
export function createLeases(deps: Pick<RelayDeps, 'clock' | 'startTimer' | 'ledger'>): Leases {
  const open = new Set<() => Promise<void>>();
  return {
    hold(attempt, event, claim) {
      const { lease, giveBack } = holdLease(deps, attempt, event, claim);
      open.add(giveBack);
      const end = () => {
        open.delete(giveBack);
        lease.end();
      };
      return { ...lease, end };
    },
    async giveBack() {
      await Promise.allSettled([...open].map((giveBack) => giveBack()));
    },
  };
}

const renewEveryMs = 5_000;

// A renewal that failed has already been retried by the storage.
const renewAgainMs = 1_000;

function holdLease(
  { clock, startTimer, ledger }: Pick<RelayDeps, 'clock' | 'startTimer' | 'ledger'>,
  attempt: Attempt,
  event: RelayEvent,
  claimed: Claim,
): { readonly lease: Lease; readonly giveBack: () => Promise<void> } {
  const accepted = new Set<string>();
  let claim = claimed;
  let isLost = false;
  let isGivenBack = false;
  let stopTimer = () => {};

  const renewIn = (ms: number): void => {
    if (clock() + ms < attempt.budgetEndsMs) stopTimer = startTimer(ms, () => void renew());
  };
  const renew = async (): Promise<void> => {
    let nextMs = renewEveryMs;
    try {
      const renewed = await ledger.renew(claim, callLeaseMs, clock());
      if (renewed.kind === 'renewed') claim = renewed.claim;
      else isLost = true;
    } catch (error) {
      const code = error instanceof RelayError ? error.code : 'INTERNAL';
      attempt.log('warn', 'ledger-unavailable', { doing: 'not renewing the lease', code });
      nextMs = renewAgainMs;
    }
    if (!isLost && !isOver) renewIn(nextMs);
  };
  let isOver = false;
  const end = (): void => {
    isOver = true;
    stopTimer();
  };

  if (isCallEvent(event)) renewIn(renewEveryMs);
  return {
    lease: {
      claim: () => (isGivenBack ? undefined : claim),
      isHeld: () => !isLost && !isGivenBack && clock() < claim.leaseUntilMs,
      noteAccepted: (key) => accepted.add(key),
      end,
    },
    async giveBack() {
      end();
      isGivenBack = true;
      const known: Outcomes = new Map([...accepted].map((key) => [key, 'accepted']));
      await ledger.settle(abandoned(claim), known, { final: false, nowMs: clock() });
    },
  };
}
