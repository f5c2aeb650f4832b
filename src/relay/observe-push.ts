import { isFinalOutcome } from '../deliveries/outcomes.ts';
import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import { isWorthlessWhenLate } from '../notifications/end-of-ring.ts';
import type { LogLevel } from '../telemetry/logger.ts';
import type { Reference } from '../telemetry/references.ts';
import type { SpanSpec } from '../telemetry/tracing.ts';
import type { ObservedAttempt, RelayDeps } from './attempt.ts';
import { ledgerOutcome, type PushReport, type PushSubject } from './event-report.ts';

/** One push with all its tries: span `acs.push`. */
export function pushSpan(push: PushSubject, reference: Reference | undefined): SpanSpec<PushReport> {
  return {
    name: 'acs.push',
    begin: () => ({
      'acs.push.kind': push.kind,
      'acs.push.platform': push.platform,
      'acs.push.hub': push.target,
      'acs.push.device': reference?.('device', push.recipientId, push.deviceId),
    }),
    end: ({ outcome, tries }) => ({
      attributes: { 'acs.push.outcome': outcome.kind, 'acs.push.tries': tries },
      ...(outcome.kind === 'accepted' || outcome.kind === 'dropped' ? {} : { failed: outcome.kind }),
    }),
  };
}

/** Reports the result of a push: one log line and the counters. */
export function observePush(
  deps: Pick<RelayDeps, 'userReference'>,
  attempt: Pick<ObservedAttempt, 'log' | 'ref' | 'telemetry'>,
  push: PushReport,
): void {
  logPush(deps, attempt, push);
  const { kind, platform, outcome, tries, ringLatencyMs } = push;
  const { metrics } = attempt.telemetry;
  metrics.pushEnded(platform, kind, outcome.kind);
  if (tries > 1) metrics.retried(tries - 1, platform, kind);
  if (ringLatencyMs !== undefined) metrics.rang(ringLatencyMs);
}

/**
 * Writes the log line about a push. It identifies users by reference and devices not at all. docs/telemetry.md lists its
 * fields.
 */
export function logPush(
  deps: Pick<RelayDeps, 'userReference'>,
  attempt: Pick<ObservedAttempt, 'log' | 'ref'>,
  push: PushReport,
): void {
  const { outcome, failures } = push;
  attempt.log(levelOf(push), 'push', {
    kind: push.kind,
    platform: push.platform,
    hub: push.target,
    user: deps.userReference(push.recipientId),
    ref: attempt.ref,
    end: pushEnd(push),
    outcome: outcome.kind,
    reason: outcome.kind === 'dropped' ? outcome.reason : undefined,
    tries: push.tries,
    retries: Math.max(0, push.tries - 1),
    via: push.via,
    failures: failures?.join(', '),
    ringLatencyMs: push.ringLatencyMs,
    status: 'status' in outcome ? outcome.status : undefined,
    detail: 'detail' in outcome ? outcome.detail : undefined,
    trackingId: 'trackingId' in outcome ? outcome.trackingId : undefined,
  });
}

const levels: Readonly<Record<PushOutcome['kind'], LogLevel>> = {
  accepted: 'info',
  dropped: 'info',
  expired: 'warn',
  throttled: 'warn',
  unavailable: 'warn',
  unknown: 'warn',
  rejected: 'error',
  misconfigured: 'error',
};

// A misconfigured primary hub needs an operator, even when the secondary one accepted the push.
function levelOf({ outcome, failures = [] }: PushReport): LogLevel {
  const isMisconfigured = failures.some((failure) => failure.endsWith(' misconfigured'));
  return isMisconfigured ? 'error' : levels[outcome.kind];
}

/**
 * How a push ended, in the words used for events: `sent` to the hub; `skipped`, too late to matter or wrong by now; `dead-lettered` with
 * its event; or `deferred` until Event Grid redelivers the event.
 */
export function pushEnd({ kind, outcome }: PushReport): 'sent' | 'skipped' | 'dead-lettered' | 'deferred' {
  if (outcome.kind === 'accepted') return 'sent';
  if (outcome.kind === 'expired' && isWorthlessWhenLate(kind)) return 'skipped';
  if (outcome.kind === 'dropped') return 'skipped';
  return isFinalOutcome(ledgerOutcome(outcome)) ? 'dead-lettered' : 'deferred';
}
