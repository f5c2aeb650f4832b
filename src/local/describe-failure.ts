import { RelayError } from '../errors/errors.ts';

/** What to show a person when the local stack cannot start: our own errors in words, anything else with its stack. */
export function describeFailure(error: unknown): string {
  if (error instanceof RelayError && error.class !== 'internal') {
    return [error.message, ...error.problems.map((problem) => `  - ${problem}`)].join('\n');
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
