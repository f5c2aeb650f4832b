import * as z from 'zod/mini';
import { idField } from './id-field.ts';

/** A chat message id: digits as text, or as a number where a sender forgot the quotes. */
export const messageIdField = z.union(
  [idField, z.pipe(z.int().check(z.nonnegative()), z.transform(String))],
  {
    error: 'is missing or no message id',
  },
);
