import type { RelayConfig } from '../config/relay-config.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import { createFeedbackReader } from '../notification-hubs/feedback/feedback-reader.ts';
import type { Clock } from '../shared/time.ts';
import type { Logger, LogLevel } from '../telemetry/logger.ts';
import { pruneHub } from './prune-hub.ts';
import type { PruneReport } from './prune-report.ts';

/** What a run takes. */
export interface PruneDevices {
  readonly config: Pick<RelayConfig, 'alertHub' | 'voipHub'>;
  readonly prune: DeviceRegistry['prune'];
  readonly clock: Clock;
  readonly log: Logger;
  /** How long the run may take, in milliseconds. Every hub gets its share of what is left. */
  readonly budgetMs: number;
}

/**
 * Prunes dead handles by the feedback of every configured hub, one after another, and writes a line `prune` about each.
 * A hub that refuses or fails keeps no other from its turn.
 *
 * @throws what storage failed with, after the last hub: RelayError `STORAGE_UNAVAILABLE`
 */
export async function pruneDevices(run: PruneDevices): Promise<void> {
  const { config, prune, clock, log } = run;
  const hubs = [
    { name: 'alert', hub: config.alertHub.primary },
    { name: 'alert-secondary', hub: config.alertHub.secondary },
    { name: 'voip', hub: config.voipHub?.primary },
    { name: 'voip-secondary', hub: config.voipHub?.secondary },
  ].flatMap(({ name, hub }) => (hub === undefined ? [] : [{ name, hub }]));
  const endMs = clock() + run.budgetMs;
  const failures: unknown[] = [];
  for (const [index, { name, hub }] of hubs.entries()) {
    const nowMs = clock();
    const deadlineMs = nowMs + (endMs - nowMs) / (hubs.length - index);
    const report = await pruneHub({ reader: createFeedbackReader({ hub, clock }), prune, clock, deadlineMs });
    logReport(log, name, report);
    if ('failure' in report) failures.push(report.failure);
  }
  if (failures.length > 0) throw failures[0];
}

function logReport(log: Logger, hub: string, report: PruneReport): void {
  if (report.kind !== 'pruned') {
    const { kind: outcome, ...why } = report;
    log(levels[outcome], 'prune', { hub, outcome, ...why });
    return;
  }
  const { kind: outcome, failure, ...counts } = report;
  const isWhole = failure === undefined && counts.unread === undefined && counts.left === 0;
  log(isWhole ? 'info' : 'warn', 'prune', { hub, outcome, ...counts });
}

const levels: Readonly<Record<Exclude<PruneReport['kind'], 'pruned'>, LogLevel>> = {
  'not-offered': 'info',
  throttled: 'warn',
  unavailable: 'warn',
  misconfigured: 'error',
};
