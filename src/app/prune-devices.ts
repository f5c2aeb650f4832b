import type { RelayConfig } from '../config/relay-config.ts';
import type { DeviceRegistry, Pruned } from '../devices/device-registry.ts';
import type { FeedbackRefusal } from '../notification-hubs/feedback/feedback-container.ts';
import type { FeedbackRecord } from '../notification-hubs/feedback/feedback-document.ts';
import {
  createFeedbackReader,
  type FeedbackReader,
  judgeFeedbackError,
} from '../notification-hubs/feedback/feedback-reader.ts';
import type { Clock } from '../shared/time.ts';
import { createContextLogger, type Logger, type LogLevel } from '../telemetry/logger.ts';
import { getApp, startTimer } from './compose-app.ts';
import { endInTime, type Invocation, timerBudgetMs } from './function-life.ts';

/**
 * The `pruneDevices` timer: removes the device handles that the push services report as dead in the hubs' feedback.
 *
 * @throws RelayError `STORAGE_UNAVAILABLE`, `FUNCTION_TIMEOUT`, `CONFIG_INVALID`
 */
export async function handlePruneDevices(_timer: unknown, invocation: Invocation): Promise<void> {
  const { config, devices, clock } = await getApp(invocation);
  const log = createContextLogger(invocation);
  const pruning = pruneDevices({ config, prune: devices.prune, clock, log, budgetMs: timerBudgetMs });
  await endInTime(startTimer, invocation.functionName, pruning);
}

interface PruneDevices {
  readonly config: Pick<RelayConfig, 'alertHub' | 'voipHub'>;
  readonly prune: DeviceRegistry['prune'];
  readonly clock: Clock;
  readonly log: Logger;
  /** How long the run may take, in milliseconds. */
  readonly budgetMs: number;
}

/**
 * Prunes dead handles by the feedback of every configured hub, side by side, and logs a `prune` line about each. A hub
 * that refuses, fails or hangs does not keep the others waiting.
 *
 * @throws the first storage failure, after the last hub: RelayError `STORAGE_UNAVAILABLE`
 */
export async function pruneDevices(run: PruneDevices): Promise<void> {
  const { config, prune, clock, log } = run;
  const hubs = [
    { name: 'alert', hub: config.alertHub.primary },
    { name: 'alert-secondary', hub: config.alertHub.secondary },
    { name: 'voip', hub: config.voipHub?.primary },
    { name: 'voip-secondary', hub: config.voipHub?.secondary },
  ].flatMap(({ name, hub }) => (hub === undefined ? [] : [{ name, hub }]));
  const deadlineMs = clock() + run.budgetMs;
  const failures: unknown[] = [];
  const pruneOne = async ({ name, hub }: (typeof hubs)[number]): Promise<void> => {
    const report = await pruneHub({ reader: createFeedbackReader({ hub, clock }), prune, clock, deadlineMs });
    logReport(log, name, report);
    if ('failure' in report) failures.push(report.failure);
  };
  await Promise.all(hubs.map(pruneOne));
  if (failures.length > 0) throw failures[0];
}

/** The result for one hub; a refusal means that nothing was pruned. */
type PruneReport = Pruning | FeedbackRefusal;

/** The result of one hub's feedback. A handle is counted once, however often the hub names it. */
interface Pruning {
  readonly kind: 'pruned';
  /** Feedback documents read. */
  readonly read: number;
  /** Documents skipped: broken, or from the future. */
  readonly skipped: number;
  /** Handles that the push services report as dead. */
  readonly dead: number;
  /** Of these: removed, with their device or, for a VoIP handle, without it. */
  readonly removed: number;
  /** Of these: kept, because they were registered after the evidence. */
  readonly kept: number;
  /** Of these: no device's, mostly removed by an earlier run. */
  readonly unknown: number;
  /** Of these: left to the next run. */
  readonly left: number;
  /** Handles whose error may be the hub's fault, such as credentials of the wrong environment. None was removed. */
  readonly suspect: number;
  /** Why a part of the feedback was not read. */
  readonly unread?: string;
  /** Why pruning ended early. */
  readonly failure?: unknown;
}

const levels: Readonly<Record<Exclude<PruneReport['kind'], 'pruned'>, LogLevel>> = {
  'not-offered': 'info',
  throttled: 'warn',
  unavailable: 'warn',
  misconfigured: 'error',
};

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

interface PruneHub {
  readonly reader: FeedbackReader;
  readonly prune: DeviceRegistry['prune'];
  readonly clock: Clock;
  /** No new handle is started after this moment, epoch milliseconds. */
  readonly deadlineMs: number;
}

// Older evidence was acted on by earlier runs; a dead handle that is still pushed to is reported again.
const evidenceLifeMs = 48 * 60 * 60_000;

// For each hub, mostly two of them. Rings come first: pruning puts no more load on storage.
const concurrency = 2;

/**
 * Reads the feedback of one hub and prunes the handles it proves dead, latest evidence first. Of several proofs against
 * one handle the latest counts. A storage failure ends the pruning and becomes `failure`.
 */
export async function pruneHub({ reader, prune, clock, deadlineMs }: PruneHub): Promise<PruneReport> {
  const startMs = clock();
  const evidence = new Map<string, number>();
  const suspects = new Set<string>();
  let early = 0;
  const visit = ({ error, platform, handle, feedbackTimeMs }: FeedbackRecord): void => {
    if (feedbackTimeMs > startMs) early += 1;
    else if (platform !== 'other' && feedbackTimeMs > startMs - evidenceLifeMs) {
      const verdict = judgeFeedbackError(error);
      if (verdict === 'suspect') suspects.add(handle);
      if (verdict === 'dead') evidence.set(handle, Math.max(feedbackTimeMs, evidence.get(handle) ?? 0));
    }
  };
  const reading = await reader.read(visit, deadlineMs - startMs);
  if (reading.kind !== 'read') return reading;

  const counts: Record<Pruned['kind'], number> = {
    'device-removed': 0,
    'voip-handle-removed': 0,
    kept: 0,
    unknown: 0,
  };
  const waiting = [...evidence].sort(([, one], [, other]) => other - one).values();
  let failure: unknown;
  const work = async (): Promise<void> => {
    for (const [handle, evidenceAtMs] of waiting) {
      if (failure !== undefined || clock() >= deadlineMs) return;
      counts[(await prune(handle, evidenceAtMs)).kind] += 1;
    }
  };
  const workers = Array.from({ length: concurrency }, () =>
    work().catch((error: unknown) => {
      failure ??= error;
    }),
  );
  await Promise.all(workers);

  const removed = counts['device-removed'] + counts['voip-handle-removed'];
  return {
    kind: 'pruned',
    read: reading.documents,
    skipped: reading.broken + early,
    dead: evidence.size,
    removed,
    kept: counts.kept,
    unknown: counts.unknown,
    left: evidence.size - removed - counts.kept - counts.unknown,
    suspect: suspects.size,
    ...(reading.unread === undefined ? {} : { unread: reading.unread }),
    ...(failure === undefined ? {} : { failure }),
  };
}
