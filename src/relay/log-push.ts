import type { LogLevel } from '../telemetry/logger.ts';
import { logPushLevel } from './log-push-level.ts';
import { pushEnd } from './push-end.ts';
import type { PushReport } from './push-report.ts';
import type { RelayDeps } from './relay-deps.ts';
import type { WatchedAttempt } from './watched-attempt.ts';

/**
 * Writes the line that says what became of one push. It names nobody: users by reference, devices not at all.
 * docs/telemetry.md names its fields.
 */
export function logPush(
  deps: Pick<RelayDeps, 'userReference'>,
  attempt: Pick<WatchedAttempt, 'log' | 'ref'>,
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

// A secondary hub that helps out must not hide that the primary one needs people.
function levelOf({ outcome, failures = [] }: PushReport): LogLevel {
  const isWrong = failures.some((failure) => failure.endsWith(' misconfigured'));
  return isWrong ? 'error' : logPushLevel(outcome.kind);
}
