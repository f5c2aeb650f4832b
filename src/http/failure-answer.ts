import type { HttpResponseInit } from '@azure/functions';
import { RelayError } from '../errors/errors.ts';
import type { Logger } from '../telemetry/logger.ts';
import { errorAnswer } from './error-answer.ts';

const RETRY_AFTER_SECONDS = '5';

/**
 * The answer for what a handler did not expect: 503 with `Retry-After` when storage is down, 500 for a fault of the
 * relay. The log line carries the message of a `RelayError`, which holds no secret; of any other error only its name, since
 * its text could hold what belongs to the user.
 */
export function failureAnswer(error: unknown, logger: Logger, event: string): HttpResponseInit {
  const code = error instanceof RelayError ? error.code : 'INTERNAL';
  const detail = error instanceof RelayError ? error.message : undefined;
  logger('error', event, { code, error: error instanceof Error ? error.name : typeof error, detail });
  if (code === 'STORAGE_UNAVAILABLE') {
    return errorAnswer({
      status: 503,
      code,
      message:
        'Storage cannot be reached just now. Send the same request again later; it does no harm twice.',
      headers: { 'retry-after': RETRY_AFTER_SECONDS },
    });
  }
  return errorAnswer({ status: 500, code, message: 'The relay failed. Its log tells more.' });
}
