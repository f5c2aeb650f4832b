import type { Case } from './case.ts';
import type { Truth } from './truth.ts';
import type { Handled } from './world.ts';

/**
 * Pushes that were sent although
 *
 * - an invocation that ended before this one began had recorded them as accepted or rejected, or
 * - an invocation that began before this one was still working on the event, within its lease.
 *
 * Invocations that logged that they worked without the ledger do not count; for the first case, neither do those that
 * lost their claim.
 */
export function judgeResent({ handledOf, postsOf, byId }: Case): readonly string[] {
  const resent: string[] = [];
  for (const [eventId, posts] of postsOf) {
    const handled = handledOf.get(eventId) ?? [];
    const ledgered = handled.filter(({ lines }) => !lines.includes('ledger-unavailable'));
    const sound = ledgered.filter(({ lines }) => !lines.includes('claim-lost'));
    const senders = new Set(posts.map(({ owner }) => owner));
    for (const { kind, deviceId, owner, atMs } of posts) {
      const sender = ledgered.find((one) => one.owner === owner);
      if (sender === undefined) continue;
      const isDone =
        sound.includes(sender) &&
        sound.some(
          (one) => endOf(one) <= sender.fromMs && one.untilMs !== undefined && finished(one, kind, deviceId),
        );
      const isCrossed = ledgered.some(
        (one) =>
          one.fromMs < sender.fromMs &&
          senders.has(one.owner) &&
          atMs < Math.min(endOf(one), one.fromMs + leaseMs(byId.get(eventId), one.fromMs)),
      );
      if (isDone || isCrossed) resent.push(`${eventId} ${kind} to ${deviceId} by ${owner}`);
    }
  }
  return resent;
}

// A dead invocation is at work no more.
function endOf({ untilMs }: Handled): number {
  return untilMs ?? 0;
}

// As long as the work can last, but no longer than Event Grid waits before it comes again.
function leaseMs(truth: Truth | undefined, fromMs: number): number {
  const ringEndsMs = (truth?.timeMs ?? 0) + 30_000;
  return truth?.kind === 'ring' ? Math.min(10_000, Math.max(2_000, ringEndsMs - fromMs)) : 10_000;
}

function finished({ report }: Handled, kind: string, deviceId: string | undefined): boolean {
  if (report?.kind !== 'pushed') return false;
  return report.pushes.some(
    (push) =>
      push.kind === kind &&
      push.deviceId === deviceId &&
      (push.outcome.kind === 'accepted' || push.outcome.kind === 'rejected'),
  );
}
