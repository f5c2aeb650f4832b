import * as z from 'zod/mini';
import { optionalField } from './optional-field.ts';

/** A server call id: base64url of a service address, some hundred characters, so longer than other ids may be. */
export const serverCallIdField = optionalField(
  z
    .string()
    .check(
      z.regex(
        /^[^\p{Cc}\p{Cs}]{1,1024}$/u,
        'is longer than 1,024 characters, empty or has control characters',
      ),
    ),
);
