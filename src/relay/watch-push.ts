import type { TraceScope } from '../telemetry/tracing.ts';
import { logPush } from './log-push.ts';
import type { PushReport } from './push-report.ts';
import type { RelayDeps } from './relay-deps.ts';
import type { SentPush } from './send-push.ts';
import { type PushSubject, pushStep } from './steps/push-step.ts';
import type { WatchedAttempt } from './watched-attempt.ts';

/**
 * Has one push sent, and tells what became of it: one line, one span, the counters.
 *
 * @param eventMs when its event happened, epoch milliseconds
 */
export function watchPush(
  deps: RelayDeps,
  attempt: WatchedAttempt,
  push: PushSubject,
  eventMs: number,
  send: (scope: TraceScope) => Promise<SentPush>,
): Promise<PushReport> {
  const { metrics, reference } = attempt.telemetry;
  return attempt.scope.run(pushStep(push, reference), async (scope) => {
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
