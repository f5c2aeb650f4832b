import { parseArgs } from 'node:util';
import { RelayError } from '../errors/errors.ts';

/** Prints one line. The local stack writes nowhere else. */
export type PrintLine = (line: string) => void;

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
      message: `Unexpected argument "${surplus[0] ?? `--strict=${strict}`}". npm start accepts --strict and at most one folder.`,
    });
  }
  return { strict, ...(appRoot === undefined ? {} : { appRoot }) };
}

/** Formats the error that kept the local stack from starting: the message of a {@link RelayError}, or the stack of a bug. */
export function describeFailure(error: unknown): string {
  if (error instanceof RelayError && error.class !== 'internal') {
    return [error.message, ...error.problems.map((problem) => `  - ${problem}`)].join('\n');
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
