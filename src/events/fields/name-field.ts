import * as z from 'zod';

/** A display name: blanks at the ends are dropped, and an empty name is no name. */
export const nameField = z
  .string()
  .transform((text) => {
    const name = text.trim();
    return name === '' ? undefined : name;
  })
  .optional()
  .catch(undefined);
