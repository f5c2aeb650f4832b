import { RelayError } from '../errors/errors.ts';
import { storageFailure } from './storage-failure.ts';

/**
 * The error for everything that goes wrong between the relay and Azure Storage and is not a conflict. A `RelayError` is
 * given back as it is.
 *
 * The cause is a copy with status, code and, for socket errors, the message. The SDK's own error carries the request,
 * and with it keys (user ids, phone numbers) and the signature.
 *
 * @param what - what was tried, such as `table devices, list`; without keys.
 */
export function storageUnavailable(what: string, error: unknown): RelayError {
  if (error instanceof RelayError) return error;
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
    message: `Azure Storage failed (${what}): ${answer === '' ? name : answer}. ${remedy(status, code)}`,
    cause,
  });
}

function remedy(status: number | undefined, code: string | undefined): string {
  if (code === 'IDENTITY_REFUSED') {
    return 'Azure gave no token for the managed identity: check that the Function App has it, and RELAY_STORAGE__clientId.';
  }
  if (status === 401 || status === 403) {
    return 'Check the key in RELAY_STORAGE, or the data roles of the managed identity and the firewall of the account.';
  }
  if (status === undefined)
    return 'Check that RELAY_STORAGE names the right account and that it can be reached.';
  return 'It is safe to try again.';
}
