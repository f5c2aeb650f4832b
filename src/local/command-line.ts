import { parseArgs } from 'node:util';
import { RelayError } from '../errors/errors.ts';

/** Writes one finished line for a person to read. The local stack never writes anywhere else. */
export type PrintLine = (line: string) => void;

/** What `npm start -- …` was told. */
interface StartArguments {
  readonly strict: boolean;
  /** Folder of the Function App; undefined means this repository. */
  readonly appRoot?: string;
}

/**
 * Reads the arguments of `npm start`: `--strict` and at most one folder.
 *
 * @throws RelayError `CONFIG_INVALID` for anything else.
 */
export function readStartArguments(args: readonly string[]): StartArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    options: { strict: { type: 'boolean' } },
  });
  const { strict = false, ...unknown } = values;
  const [appRoot, ...more] = positionals;
  const surplus = [...Object.keys(unknown).map((name) => `--${name}`), ...more];
  if (surplus.length > 0 || typeof strict !== 'boolean') {
    throw new RelayError({
      code: 'CONFIG_INVALID',
      class: 'config',
      message: `npm start takes --strict and one folder, but not "${surplus[0] ?? `--strict=${strict}`}".`,
    });
  }
  return { strict, ...(appRoot === undefined ? {} : { appRoot }) };
}

/** What to show a person when the local stack cannot start: our own errors in words, anything else with its stack. */
export function describeFailure(error: unknown): string {
  if (error instanceof RelayError && error.class !== 'internal') {
    return [error.message, ...error.problems.map((problem) => `  - ${problem}`)].join('\n');
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
