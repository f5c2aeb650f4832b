import { RelayError } from '../errors/errors.ts';

/** The error for a stored row that the relay cannot have written. `partition` is a hash, so it may be shown. */
export function unreadableRowError(what: string, partition: string, cause?: unknown): RelayError {
  return new RelayError({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message: `The ${what} row in partition ${partition} cannot be read: it is not what the relay writes. Delete the row, or find who changed it.`,
    cause,
  });
}
