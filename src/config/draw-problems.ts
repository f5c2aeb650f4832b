import type { Problem } from './problem.ts';

/**
 * Draws the problems with the settings as text for a terminal or a log: each setting with what was found and how to
 * mend it, all at once, so that one look and one edit are enough.
 */
export function drawProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? '1 setting is' : `${problems.length} settings are`;
  const blocks = problems.map(
    ({ setting, found, mend }) => `  ${setting}\n    found  ${found}\n    mend   ${mend}`,
  );
  return `The relay cannot start: ${count} wrong.\n\n${blocks.join('\n\n')}\n`;
}
