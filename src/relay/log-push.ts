import type { Attempt } from './attempt.ts';
import { logPushLevel } from './log-push-level.ts';
import type { PushReport } from './push-report.ts';
import type { RelayDeps } from './relay-deps.ts';

/** Writes the line that says what became of one push. It names nobody: users by reference, devices not at all. */
export function logPush(deps: Pick<RelayDeps, 'userReference'>, attempt: Attempt, push: PushReport): void {
  const { outcome } = push;
  attempt.log(logPushLevel(outcome.kind), 'push', {
    kind: push.kind,
    platform: push.platform,
    hub: push.target,
    user: deps.userReference(push.recipientId),
    outcome: outcome.kind,
    tries: push.tries,
    status: 'status' in outcome ? outcome.status : undefined,
    detail: 'detail' in outcome ? outcome.detail : undefined,
    trackingId: 'trackingId' in outcome ? outcome.trackingId : undefined,
  });
}
