import * as z from 'zod/mini';
import { optionalField } from './optional-field.ts';

/** A display name: blanks at the ends are dropped, and an empty name is no name. */
export const nameField = optionalField(
  z.pipe(
    z.string(),
    z.transform((text) => {
      const name = text.trim();
      return name === '' ? undefined : name;
    }),
  ),
);
