import type { Case } from './case.ts';
import type { Handled } from './world.ts';

/**
 * Pushes that were sent although an invocation that ended before this one began had them accepted or refused, and wrote
 * that down: neither of the two said that it lost the ledger.
 */
export function judgeResent({ handledOf, postsOf }: Case): readonly string[] {
  const resent: string[] = [];
  for (const [eventId, posts] of postsOf) {
    const handled = handledOf.get(eventId) ?? [];
    const sound = handled.filter(({ lines }) => !lostTheLedger(lines));
    for (const { kind, deviceId, owner } of posts) {
      const sender = sound.find((one) => one.owner === owner);
      if (sender === undefined) continue;
      const isDone = sound.some(
        (one) => (one.untilMs ?? Infinity) <= sender.fromMs && finished(one, kind, deviceId),
      );
      if (isDone) resent.push(`${eventId} ${kind} to ${deviceId} by ${owner}`);
    }
  }
  return resent;
}

function lostTheLedger(lines: readonly string[]): boolean {
  return lines.includes('ledger-unavailable') || lines.includes('claim-lost');
}

function finished({ report }: Handled, kind: string, deviceId: string | undefined): boolean {
  if (report?.end !== 'pushed') return false;
  return report.pushes.some(
    (push) =>
      push.kind === kind &&
      push.deviceId === deviceId &&
      (push.outcome.kind === 'accepted' || push.outcome.kind === 'rejected'),
  );
}
