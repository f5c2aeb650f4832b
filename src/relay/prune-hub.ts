import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { Pruned } from '../devices/remove-device.ts';
import type { FeedbackRecord } from '../notification-hubs/feedback/feedback-document.ts';
import type { FeedbackReader } from '../notification-hubs/feedback/feedback-reader.ts';
import { judgeFeedbackError } from '../notification-hubs/feedback/feedback-reader.ts';
import type { Clock } from '../shared/time.ts';
import type { PruneReport } from './prune-report.ts';

/** What pruning by one hub takes. */
export interface PruneHub {
  readonly reader: FeedbackReader;
  readonly prune: DeviceRegistry['prune'];
  readonly clock: Clock;
  /** No handle is begun with after this moment, epoch milliseconds. */
  readonly deadlineMs: number;
}

/** Evidence that is older was acted on by the runs before; a handle that is still pushed to is reported anew. */
const EVIDENCE_LIFE_MS = 48 * 60 * 60_000;

/** Rings come first: storage is not asked for more at once. */
const AT_ONCE = 4;

/**
 * Reads the feedback of one hub and prunes the handles it proves dead, those with the latest evidence first. Of several
 * proofs against one handle the latest counts. When storage fails, pruning ends there: `failure` says why.
 */
export async function pruneHub({ reader, prune, clock, deadlineMs }: PruneHub): Promise<PruneReport> {
  const startMs = clock();
  const evidence = new Map<string, number>();
  const suspects = new Set<string>();
  let early = 0;
  const visit = ({ error, platform, handle, feedbackTimeMs }: FeedbackRecord): void => {
    if (feedbackTimeMs > startMs) early += 1;
    else if (platform !== 'other' && feedbackTimeMs > startMs - EVIDENCE_LIFE_MS) {
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
  const workers = Array.from({ length: AT_ONCE }, () =>
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
