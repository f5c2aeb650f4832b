import { isFinalOutcome } from '../deliveries/outcomes.ts';
import type { PushOutcome } from '../notification-hubs/push-outcome.ts';
import { isWorthlessWhenLate } from '../notifications/end-of-ring.ts';
import type { LogLevel } from '../telemetry/logger.ts';
import type { Reference } from '../telemetry/references.ts';
import type { SpanSpec, TraceScope } from '../telemetry/tracing.ts';
import type { ObservedAttempt, RelayDeps } from './attempt.ts';
import type { PushReport } from './event-report.ts';
import type { SentPush } from './send-push.ts';

const levels: Readonly<Record<PushOutcome['kind'], LogLevel>> = {
  accepted: 'info',
  expired: 'warn',
  throttled: 'warn',
  unavailable: 'warn',
  unknown: 'warn',
  rejected: 'error',
  misconfigured: 'error',
};

/**
 * What becomes of a push, by the words of the events: `sent` to the hub; `skipped`, since it came too late to matter;
 * `dead-lettered` with its event; or `deferred` until Event Grid comes again.
 */
export function pushEnd({ kind, outcome }: PushReport): 'sent' | 'skipped' | 'dead-lettered' | 'deferred' {
  if (outcome.kind === 'accepted') return 'sent';
  if (outcome.kind === 'expired' && isWorthlessWhenLate(kind)) return 'skipped';
  return isFinalOutcome(outcome.kind) ? 'dead-lettered' : 'deferred';
}

/**
 * Writes the line that says what became of one push. It names nobody: users by reference, devices not at all.
 * docs/telemetry.md names its fields.
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

/** What is known of a push before its first try. */
type PushSubject = Pick<PushReport, 'kind' | 'recipientId' | 'deviceId' | 'platform' | 'target'>;

/**
 * Has one push sent, and tells what became of it: one line, one span, the counters.
 *
 * @param eventMs when its event happened, epoch milliseconds
 */
export function observePush(
  deps: RelayDeps,
  attempt: ObservedAttempt,
  push: PushSubject,
  eventMs: number,
  send: (scope: TraceScope) => Promise<SentPush>,
): Promise<PushReport> {
  const { metrics, reference } = attempt.telemetry;
  return attempt.scope.run(pushSpan(push, reference), async (scope) => {
    const sent = await send(scope);
    const rang = push.kind === 'incoming-call' && sent.outcome.kind === 'accepted';
    const report = { ...push, ...sent, ...(rang ? { ringLatencyMs: deps.clock() - eventMs } : {}) };
    logPush(deps, attempt, report);
    metrics.pushEnded(push.platform, push.kind, sent.outcome.kind);
    if (sent.tries > 1) metrics.retried(sent.tries - 1, push.platform, push.kind);
    if (report.ringLatencyMs !== undefined) metrics.rang(report.ringLatencyMs);
    return report;
  });
}

// A secondary hub that helps out must not hide that the primary one needs people.
function levelOf({ outcome, failures = [] }: PushReport): LogLevel {
  const isMisconfigured = failures.some((failure) => failure.endsWith(' misconfigured'));
  return isMisconfigured ? 'error' : logPushLevel(outcome.kind);
}

/** How loud the line about a push is: what only people can mend is an error. */
function logPushLevel(kind: PushOutcome['kind']): LogLevel {
  return levels[kind];
}

/** One push with all its tries: span `acs.push`. */
function pushSpan(push: PushSubject, reference: Reference | undefined): SpanSpec<PushReport> {
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
      ...(outcome.kind === 'accepted' ? {} : { failed: outcome.kind }),
    }),
  };
}
