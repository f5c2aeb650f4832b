import { RelayError } from '../errors/errors.ts';

/** The error for input that a command cannot work with. The program prints its message and ends with 2. */
export function inputUnusable(message: string, cause?: unknown): RelayError {
  return new RelayError({ code: 'INPUT_UNUSABLE', class: 'user', message, cause });
}
