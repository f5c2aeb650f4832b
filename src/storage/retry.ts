import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import { RelayError } from '../errors/errors.ts';

/** How hard one storage operation is tried. A ring has 30 seconds for everything, so these stay small. */
export interface StorageRetry {
  /** Requests at most, the first one included. */
  readonly tries: number;
  /** How long one request may take, answer read, in milliseconds. */
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

const text = z.catch(z.optional(z.string()), undefined);
const tableError = z.object({ code: z.string() });
const details = z.object({ errorCode: text, odataError: z.catch(z.optional(tableError), undefined) });

const failureSchema = z.object({
  statusCode: z.catch(z.optional(z.number()), undefined),
  code: text,
  details: z.catch(z.optional(details), undefined),
});

/** The part of a failed storage call that decides what to do next. */
interface StorageFailure {
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** Azure's own code such as `EntityAlreadyExists`, or a socket code such as `ECONNREFUSED`. */
  readonly code?: string;
}

/**
 * Reads status and code out of whatever the Azure SDKs threw. The client of the tables keeps the code where the body told
 * it, or where a header did; blobs and sockets tell it in `code`.
 */
export function storageFailure(error: unknown): StorageFailure {
  const parsed = failureSchema.safeParse(error);
  if (!parsed.success) return {};
  const { statusCode, code, details } = parsed.data;
  const known = details?.odataError?.code ?? details?.errorCode ?? code;
  return {
    ...(statusCode === undefined ? {} : { status: statusCode }),
    ...(known === undefined ? {} : { code: known }),
  };
}

/**
 * The error for everything that goes wrong between the relay and Azure Storage and is not a conflict. A `RelayError` is
 * given back as it is.
 *
 * The cause is a copy with status, code and, for socket errors, the message. The SDK's own error carries the request,
 * and with it keys (user ids, phone numbers) and the signature.
 *
 * @param what what was tried, such as `table devices, list`; without keys.
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

/**
 * Runs one storage request, and again when no answer came (socket error, timeout) or the answer was 408, 429 or 5xx.
 * The SDKs' own retries are switched off in favour of this one: they do not tell that a request was sent twice, and
 * their timeout ends with the response headers.
 *
 * @param request one request; gets the signal that ends it and which try this is, from 1.
 */
export async function withStorageRetry<Result>(
  retry: StorageRetry,
  request: (signal: AbortSignal, tryNumber: number) => Promise<Result>,
): Promise<Result> {
  for (let tryNumber = 1; ; tryNumber += 1) {
    // Not `AbortSignal.timeout`: that one lives on, with all that listens to it, until its time has run out.
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), retry.tryTimeoutMs);
    try {
      return await request(controller.signal, tryNumber);
    } catch (error) {
      if (tryNumber >= retry.tries || !isPassing(error)) throw error;
    } finally {
      clearTimeout(timer);
    }
    await pause(retry.pauseMs * 2 ** (tryNumber - 1));
  }
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

function isPassing(error: unknown): boolean {
  const { status } = storageFailure(error);
  if (status !== undefined) return status === 408 || status === 429 || status >= 500;
  return error instanceof Error && (error.name === 'RestError' || error.name === 'AbortError');
}
