import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';
import { omitUndefined } from '../shared/json.ts';

/** Limits of one storage operation. A ring has 30 seconds for everything, so they are small. */
export interface StorageRetry {
  /** Most requests, the first one included. */
  readonly tries: number;
  /** Longest time of one request, until the response body was read, in milliseconds. */
  readonly tryTimeoutMs: number;
  /** Pause before the second request in milliseconds; it doubles before each further one. */
  readonly pauseMs: number;
}

/** Default limits. The rows of a ring are small and urgent; lists of tables, and blobs, may take longer. */
export const storageRetries = {
  rows: { tries: 3, tryTimeoutMs: 2_000, pauseMs: 100 },
  tables: { tries: 3, tryTimeoutMs: 5_000, pauseMs: 200 },
  blobs: { tries: 3, tryTimeoutMs: 5_000, pauseMs: 200 },
} as const satisfies Readonly<Record<string, StorageRetry>>;

/**
 * Runs one storage request, and retries it when no answer came (socket error, timeout) or the answer was 408, 429 or 5xx.
 * It replaces the SDKs' own retries, which do not report that a request was sent twice, and whose timeout ends with the
 * response headers.
 *
 * @param request one request; gets the signal that ends it and the number of the try, from 1.
 */
export async function withStorageRetry<Result>(
  retry: StorageRetry,
  request: (signal: AbortSignal, tryNumber: number) => Promise<Result>,
): Promise<Result> {
  for (let tryNumber = 1; ; tryNumber += 1) {
    // Not `AbortSignal.timeout`: it stays alive, with all its listeners, until its time has run out.
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), retry.tryTimeoutMs);
    try {
      return await request(controller.signal, tryNumber);
    } catch (error) {
      if (tryNumber >= retry.tries || !isTransient(error)) throw error;
    } finally {
      clearTimeout(timer);
    }
    await pause(retry.pauseMs * 2 ** (tryNumber - 1));
  }
}

function isTransient(error: unknown): boolean {
  const { status } = storageFailure(error);
  if (status !== undefined) return status === 408 || status === 429 || status >= 500;
  return error instanceof Error && (error.name === 'RestError' || error.name === 'AbortError');
}

/**
 * The error for every failure between the relay and Azure Storage that is not a conflict. A `RelayError` is returned as it
 * is.
 *
 * The cause is a copy with status, code and, for socket errors, the message. The SDK's own error contains the request, and
 * with it keys (user ids, phone numbers) and the signature.
 *
 * @param what the operation that failed, such as `table devices, list`; without keys.
 */
export function storageUnavailable(what: string, error: unknown): RelayError {
  if (error instanceof RelayError) return error;
  const { status, code } = storageFailure(error);
  const answer = [status, code].filter((part) => part !== undefined).join(' ');
  const name = error instanceof Error ? error.name : typeof error;
  const cause = new Error(
    status === undefined && error instanceof Error ? error.message : `Azure Storage returned ${answer}`,
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
    return 'Azure returned no token for the managed identity. Check that the Function App has it, and RELAY_STORAGE__clientId.';
  }
  if (status === 401 || status === 403) {
    return 'Check the key in RELAY_STORAGE, or the data roles of the managed identity and the firewall of the account.';
  }
  if (status === undefined) {
    return 'Check that RELAY_STORAGE names the right account and that the account is reachable.';
  }
  return 'It is safe to retry.';
}

/** What a failed storage call says about its cause. */
interface StorageFailure {
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** Azure's own code such as `EntityAlreadyExists`, or a socket code such as `ECONNREFUSED`. */
  readonly code?: string;
}

const text = z.catch(z.optional(z.string()), undefined);
const tableError = z.object({ code: z.string() });
const details = z.object({ errorCode: text, odataError: z.catch(z.optional(tableError), undefined) });

const failureSchema = z.object({
  statusCode: z.catch(z.optional(z.number()), undefined),
  code: text,
  details: z.catch(z.optional(details), undefined),
});

/**
 * Reads status and code from an error of the Azure SDKs. The client of the tables has the code in `details`, from the
 * response body or from a header; blobs and sockets have it in `code`.
 */
export function storageFailure(error: unknown): StorageFailure {
  const parsed = failureSchema.safeParse(error);
  if (!parsed.success) return {};
  const { statusCode, code, details } = parsed.data;
  const known = details?.odataError?.code ?? details?.errorCode ?? code;
  return omitUndefined({ status: statusCode, code: known });
}
