import { RelayError } from '../errors/errors.ts';

/** The code of a `RelayError`, and `INTERNAL` for whatever else was thrown: its text may hold anything. */
export function failureCode(error: unknown): string {
  return error instanceof RelayError ? error.code : 'INTERNAL';
}
