import * as z from 'zod/mini';

/** The part of a failed storage call that decides what to do next. */
export interface StorageFailure {
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
