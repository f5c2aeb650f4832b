import { RelayError } from '../errors/relay-error.ts';
import { storageFailure } from './storage-failure.ts';

/**
 * The error for everything that goes wrong between the relay and Azure Storage and is not a conflict.
 *
 * The cause is a copy with status, code and, for socket errors, the message. The SDK's own error carries the request,
 * and with it keys (user ids, phone numbers) and the signature.
 *
 * @param what - what was tried, such as `table devices, list`; without keys.
 */
export function storageUnavailable(what: string, error: unknown): RelayError {
  const { status, code } = storageFailure(error);
  const answer = [status, code].filter((part) => part !== undefined).join(' ');
  const name = error instanceof Error ? error.name : typeof error;
  const cause = new Error(
    status === undefined && error instanceof Error ? error.message : `Azure Storage answered ${answer}`,
  );
  cause.name = name;
  return new RelayError({
    code: 'STORAGE_UNAVAILABLE',
    class: 'provider',
    message: `Azure Storage failed (${what}): ${answer === '' ? name : answer}. ${remedy(status)}`,
    cause,
  });
}

function remedy(status: number | undefined): string {
  if (status === 401 || status === 403) {
    return 'Check the key in RELAY_STORAGE, or the data roles of the managed identity and the firewall of the account.';
  }
  if (status === undefined)
    return 'Check that RELAY_STORAGE names the right account and that it can be reached.';
  return 'It is safe to try again.';
}
