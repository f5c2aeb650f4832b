import { randomBytes } from 'node:crypto';

/**
 * A name that no other test uses: letters and digits, starting with a letter, so valid for tables and containers.
 * Tests share one Azurite, and this is how they stay apart.
 */
export function randomStorageName(prefix = 't'): string {
  return `${prefix}${randomBytes(8).toString('hex')}`;
}
