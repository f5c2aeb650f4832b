import type { PushReport } from '../../relay/event-report.ts';
import { counted, printable } from '../terminal.ts';
import { safeTime, safeType } from './dead-letters.ts';
import { acceptedPushes, type EventResult, isDone, type RedriveStep } from './redrive-events.ts';

/** The counts of a redrive so far. */
interface RedriveTotals {
  readonly events: number;
  /** Events with nothing left to do. */
  readonly done: number;
  /** Pushes that the hub accepted. */
  readonly pushes: number;
  /** Dead letters that do not exist or cannot be read. */
  readonly unusable: number;
  /** Dead letters that were redriven before. */
  readonly leftOut: number;
  /** Event Grid's dead letters that were redriven. */
  readonly eventGrids: number;
  /** Whether a push had expired. */
  readonly expired: boolean;
}

export const noTotals: RedriveTotals = {
  events: 0,
  done: 0,
  pushes: 0,
  unusable: 0,
  leftOut: 0,
  eventGrids: 0,
  expired: false,
};

/**
 * Describes the result of an event, or with `dryRun` the result it would have.
 *
 * @returns one line without a newline and without users, devices or texts
 */
export function describeResult(result: EventResult, dryRun: boolean): string {
  switch (result.kind) {
    case 'pushed':
      if (result.pushes.length === 0) return 'nothing left to send';
      return dryRun ? describePlan(result.pushes) : describePushes(result.pushes);
    case 'poison':
      return `poison, ${result.error.code}: ${printable(result.error.message)}`;
    case 'deferred':
      return 'busy: another instance is delivering it';
    case 'skipped':
    case 'ignored':
      return `${result.kind}: ${result.reason}`;
    case 'no-json':
      return 'cannot be redriven: not JSON';
    case 'failed':
      return `failed: ${printable(result.error.message)}`;
  }
}

/** The line for one step of a redrive, with its newline; empty when there is nothing to report. */
export function stepLine(
  step: RedriveStep,
  { dryRun, container }: { readonly dryRun: boolean; readonly container: string },
): string {
  const name = printable(step.deadLetter.name);
  switch (step.kind) {
    case 'event': {
      const { deadLetter, index, result } = step;
      const part = deadLetter.events.length === 1 ? '' : ` (${index + 1} of ${deadLetter.events.length})`;
      const type = safeType(deadLetter.events[index]?.type);
      const state = isDone(result) ? (dryRun ? 'would do' : 'done') : dryRun ? 'would not' : 'not done';
      return line(state, `${name}${part}`, type, describeResult(result, dryRun));
    }
    case 'left-out': {
      const when = safeTime(step.deadLetter.events[0]?.redrivenAtMs);
      return line('left out', name, '-', `already redriven at ${when}; to redrive it again, add --again`);
    }
    case 'unusable':
      return line(
        'not done',
        name,
        '-',
        step.deadLetter.kind === 'missing' ? `not found in container ${container}` : step.deadLetter.message,
      );
    case 'end':
      return step.deadLetter.events.length === 0 ? line('done', name, '-', 'contains no events') : '';
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
        expired: totals.expired || expired,
      };
    }
    case 'left-out':
      return { ...totals, leftOut: totals.leftOut + 1 };
    case 'unusable':
      return { ...totals, unusable: totals.unusable + 1 };
    case 'end':
      return step.deadLetter.origin === 'event-grid'
        ? { ...totals, eventGrids: totals.eventGrids + 1 }
        : totals;
  }
}

/** The lines that end the output of a redrive. */
export function totalsText(totals: RedriveTotals, dryRun: boolean): string {
  const { events, done, pushes, unusable, leftOut, eventGrids, expired } = totals;
  const sent = counted(pushes, 'push', 'pushes');
  const notDone = events - done;
  const lines = [
    dryRun
      ? `Dry run, nothing was sent or written. ${counted(events, 'event')}: ${done} would be done, ${notDone} would not; ${sent} would be sent.`
      : `${counted(events, 'event')}: ${done} done, ${notDone} not done; the hub accepted ${sent}.`,
  ];
  if (unusable > 0) lines.push(`${counted(unusable, 'dead letter')} not found or unreadable.`);
  if (leftOut > 0) lines.push(`${counted(leftOut, 'dead letter')} already redriven.`);
  if (eventGrids > 0) {
    lines.push(
      `${counted(eventGrids, 'Event Grid dead letter')} left unchanged; the ledger knows what was sent.`,
    );
  }
  if (expired) {
    lines.push(
      'Expired notifications are not sent. To send them anyway, raise CHAT_TTL_SECONDS for this command.',
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
