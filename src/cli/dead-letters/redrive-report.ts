import type { PushReport } from '../../relay/event-report.ts';
import { counted, printable } from '../terminal.ts';
import { safeTime, safeType } from './masking.ts';
import { acceptedPushes, type EventResult, isDone, type RedriveStep } from './redrive-letters.ts';

/** What a redrive came to so far. */
interface RedriveTotals {
  readonly events: number;
  /** Events that nothing is left to do for. */
  readonly done: number;
  /** Pushes that the hub took over. */
  readonly pushes: number;
  /** Letters that cannot be read or do not exist. */
  readonly unusable: number;
  /** Letters that were redriven before. */
  readonly leftOut: number;
  /** Letters of Event Grid that had their turn. */
  readonly eventGrids: number;
  /** Whether a push came too late. */
  readonly late: boolean;
}

/** Totals before the first step. */
export const noTotals: RedriveTotals = {
  events: 0,
  done: 0,
  pushes: 0,
  unusable: 0,
  leftOut: 0,
  eventGrids: 0,
  late: false,
};

/**
 * Says in a few words what came of an event; with `dryRun`, what would.
 *
 * @returns one line without a newline; no user, device or text is in it
 */
export function describeResult(result: EventResult, dryRun: boolean): string {
  switch (result.kind) {
    case 'pushed':
      if (result.pushes.length === 0) return 'nothing left to send';
      return dryRun ? describePlan(result.pushes) : describePushes(result.pushes);
    case 'poison':
      return `poison, ${result.error.code}: ${printable(result.error.message)}`;
    case 'deferred':
      return 'busy: somebody else is delivering it right now';
    case 'skipped':
    case 'ignored':
      return `${result.kind}: ${result.reason}`;
    case 'no-json':
      return 'cannot be redriven: it is no JSON';
    case 'failed':
      return `failed: ${printable(result.error.message)}`;
  }
}

/** The line that tells of one step of a redrive, with its newline; empty when there is nothing to tell. */
export function stepLine(
  step: RedriveStep,
  { dryRun, container }: { readonly dryRun: boolean; readonly container: string },
): string {
  const name = printable(step.letter.name);
  switch (step.kind) {
    case 'event': {
      const { letter, index, result } = step;
      const part = letter.events.length === 1 ? '' : ` (${index + 1} of ${letter.events.length})`;
      const type = safeType(letter.events[index]?.type);
      const state = isDone(result) ? (dryRun ? 'would do' : 'done') : dryRun ? 'would not' : 'not done';
      return line(state, `${name}${part}`, type, describeResult(result, dryRun));
    }
    case 'left-out': {
      const when = safeTime(step.letter.stored?.redrivenAtMs);
      return line('left out', name, '-', `redriven before, at ${when}; --again redrives it`);
    }
    case 'unusable':
      return line(
        'not done',
        name,
        '-',
        step.letter.kind === 'missing'
          ? `there is no such letter in the container ${container}`
          : step.letter.message,
      );
    case 'end':
      return step.letter.events.length === 0 ? line('done', name, '-', 'it holds no event') : '';
  }
}

/** Totals with one more step. */
export function addStep(totals: RedriveTotals, step: RedriveStep): RedriveTotals {
  switch (step.kind) {
    case 'event': {
      const { result } = step;
      const done = isDone(result);
      const expired =
        !done && result.kind === 'pushed' && result.pushes.some(({ outcome }) => outcome.kind === 'expired');
      return {
        ...totals,
        events: totals.events + 1,
        done: totals.done + (done ? 1 : 0),
        pushes: totals.pushes + acceptedPushes(result),
        late: totals.late || expired,
      };
    }
    case 'left-out':
      return { ...totals, leftOut: totals.leftOut + 1 };
    case 'unusable':
      return { ...totals, unusable: totals.unusable + 1 };
    case 'end':
      return step.letter.origin === 'event-grid' ? { ...totals, eventGrids: totals.eventGrids + 1 } : totals;
  }
}

/** The lines that end the output of a redrive. */
export function totalsText(totals: RedriveTotals, dryRun: boolean): string {
  const { events, done, pushes, unusable, leftOut, eventGrids, late } = totals;
  const sent = counted(pushes, 'push', 'pushes');
  const open = events - done;
  const lines = [
    dryRun
      ? `Dry run, nothing was sent or written: ${counted(events, 'event')}, of which ${done} would be done and ${open} not; ${sent} would be sent.`
      : `${counted(events, 'event')}, of which ${done} done and ${open} not; the hub took ${sent}.`,
  ];
  if (unusable > 0) lines.push(`${counted(unusable, 'name')} led to no letter that can be read.`);
  if (leftOut > 0) lines.push(`${counted(leftOut, 'letter')} had been redriven before.`);
  if (eventGrids > 0) {
    lines.push(
      `${counted(eventGrids, 'letter')} of Event Grid ${eventGrids === 1 ? 'stays as it is' : 'stay as they are'}; the ledger knows what was sent.`,
    );
  }
  if (late) {
    lines.push(
      'What is too late is not sent. Set a greater CHAT_TTL_SECONDS for this command to send it all the same.',
    );
  }
  return lines.map((text) => `${text}\n`).join('');
}

function describePlan(pushes: readonly PushReport[]): string {
  return count(pushes, ({ kind, outcome }) => `${kind} ${outcome.kind}`)
    .map(({ first: { kind, outcome }, times }) => {
      const what = outcome.kind === 'accepted' ? 'would send' : 'too late for';
      return `${what} ${kind} to ${counted(times, 'device')}`;
    })
    .join(', ');
}

function count(pushes: readonly PushReport[], keyOf: (push: PushReport) => string) {
  return [...Map.groupBy(pushes, keyOf).values()].flatMap((members) => {
    const [first] = members;
    return first === undefined ? [] : [{ first, members, times: members.length }];
  });
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

function line(state: string, name: string, type: string, what: string): string {
  return `${state.padEnd(9)}  ${name}  ${type}  ${what}\n`;
}
