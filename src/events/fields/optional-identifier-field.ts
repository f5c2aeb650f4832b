import * as z from 'zod/mini';
import { readIdentifier } from '../read-identifier.ts';

/** A user that an event may name, as {@link readIdentifier} reads one; undefined when it names nobody. */
export const optionalIdentifierField = z.pipe(z.optional(z.unknown()), z.transform(readIdentifier));
