import * as z from 'zod';
import { idField } from './id-field.ts';

/** A chat message id: digits as text, or as a number where a sender forgot the quotes. */
export const messageIdField = z.union([idField, z.int().nonnegative().transform(String)], {
  error: 'is missing or no message id',
});
