import { printable } from '../printable.ts';
import { describeResult } from './describe-result.ts';
import { isDone } from './is-done.ts';
import type { RedriveStep } from './redrive-letters.ts';
import { safeTime } from './safe-time.ts';
import { safeType } from './safe-type.ts';

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

function line(state: string, name: string, type: string, what: string): string {
  return `${state.padEnd(9)}  ${name}  ${type}  ${what}\n`;
}
