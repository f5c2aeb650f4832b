import { RelayError } from '../errors/errors.ts';

const MAX_ROUNDS = 10;

/**
 * Runs a read-then-write until it was not overtaken by somebody else, at most 10 times.
 *
 * @param round - reads afresh, writes, and gives the result, or `stale`.
 * @throws RelayError `STORAGE_UNAVAILABLE` when it was overtaken every time; trying again later helps.
 */
export async function repeatWhileStale<Result>(round: () => Promise<Result | 'stale'>): Promise<Result> {
  for (let count = 0; count < MAX_ROUNDS; count += 1) {
    const result = await round();
    if (result !== 'stale') return result;
  }
  throw new RelayError({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message: `A device or its handle was changed by others ${MAX_ROUNDS} times in a row. It is safe to try again.`,
  });
}
