import { abandoned, type Claim, callLeaseMs } from '../deliveries/claim.ts';
import type { Outcomes } from '../deliveries/outcomes.ts';
import { RelayError } from '../errors/errors.ts';
import type { RelayEvent } from '../events/relay-event.ts';
import type { Attempt, RelayDeps } from './attempt.ts';
import { isCallEvent } from './capacity.ts';

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
