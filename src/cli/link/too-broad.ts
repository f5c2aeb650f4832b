import type { AccessRule } from '../arm/access-rule.ts';
import type { LinkConnection } from './link-connection.ts';

/** The refusal of an access policy that may do more than ACS needs. */
export function tooBroad({ name, rights }: AccessRule, create: string): LinkConnection {
  const more = rights.filter((right) => right !== 'Send').join(' and ');
  return {
    kind: 'none',
    why: `The access policy ${name} has ${more} too. ACS needs Send alone, and whoever holds the string could do the rest.`,
    mend: `${create}\nOr give --broad to take it all the same.`,
  };
}
