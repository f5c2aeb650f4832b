import type { TraceScope } from '../telemetry/trace-scope.ts';
import { logPush } from './log-push.ts';
import type { PushReport } from './push-report.ts';
import type { RelayDeps } from './relay-deps.ts';
import { pushStep } from './steps/push-step.ts';
import type { WatchedAttempt } from './watched-attempt.ts';

/** Has one push sent, and tells what became of it: one line, one span, the counters. */
export function watchPush(
  deps: RelayDeps,
  attempt: WatchedAttempt,
  work: (scope: TraceScope) => Promise<PushReport>,
): Promise<PushReport> {
  const { metrics, reference } = attempt.telemetry;
  return attempt.scope.run(pushStep(reference), async (scope) => {
    const report = await work(scope);
    const { platform, kind, outcome, tries, ringLatencyMs } = report;
    logPush(deps, attempt, report);
    metrics.pushEnded(platform, kind, outcome.kind);
    if (tries > 1) metrics.retried(tries - 1, platform, kind);
    if (ringLatencyMs !== undefined) metrics.rang(ringLatencyMs);
    return report;
  });
}
