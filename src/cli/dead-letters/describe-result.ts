import type { PushReport } from '../../relay/event-report.ts';
import { counted } from '../counted.ts';
import { printable } from '../printable.ts';
import type { EventResult } from './event-result.ts';

/**
 * Says in a few words what came of an event; with `dryRun`, what would.
 *
 * @returns one line without a newline; no user, device or text is in it
 */
export function describeResult(result: EventResult, dryRun: boolean): string {
  switch (result.end) {
    case 'pushed':
      if (result.pushes.length === 0) return 'nothing left to send';
      return dryRun ? describePlan(result.pushes) : describePushes(result.pushes);
    case 'poison':
      return `poison, ${result.error.code}: ${printable(result.error.message)}`;
    case 'deferred':
      return 'busy: somebody else is delivering it right now';
    case 'skipped':
    case 'ignored':
      return `${result.end}: ${result.reason}`;
    case 'no-json':
      return 'cannot be redriven: it is no JSON';
    case 'failed':
      return `failed: ${printable(result.error.message)}`;
  }
}

function describePlan(pushes: readonly PushReport[]): string {
  return count(pushes, ({ kind, outcome }) => `${kind} ${outcome.kind}`)
    .map(({ first: { kind, outcome }, times }) => {
      const what = outcome.kind === 'accepted' ? 'would send' : 'too late for';
      return `${what} ${kind} to ${counted(times, 'device')}`;
    })
    .join(', ');
}

function describePushes(pushes: readonly PushReport[]): string {
  return count(pushes, ({ kind }) => kind)
    .map(({ first, members }) => {
      const outcomes = count(members, word).map(({ first: one, times }) => `${times} ${word(one)}`);
      return `${first.kind}: ${outcomes.join(', ')}`;
    })
    .join('; ');
}

function word({ outcome }: PushReport): string {
  const status = 'status' in outcome ? outcome.status : undefined;
  return status === undefined ? outcome.kind : `${outcome.kind} (${status})`;
}

function count(pushes: readonly PushReport[], keyOf: (push: PushReport) => string) {
  return [...Map.groupBy(pushes, keyOf).values()].flatMap((members) => {
    const [first] = members;
    return first === undefined ? [] : [{ first, members, times: members.length }];
  });
}
