import { counted } from '../counted.ts';
import { acceptedPushes } from './accepted-pushes.ts';
import { isDone } from './is-done.ts';
import type { RedriveStep } from './redrive-letters.ts';

/** What a redrive came to so far. */
export interface RedriveTotals {
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

/** Totals with one more step. */
export function addStep(totals: RedriveTotals, step: RedriveStep): RedriveTotals {
  switch (step.kind) {
    case 'event': {
      const { result } = step;
      const done = isDone(result);
      const expired =
        !done && result.end === 'pushed' && result.pushes.some(({ outcome }) => outcome.kind === 'expired');
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
