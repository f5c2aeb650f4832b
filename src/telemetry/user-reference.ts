import { createHmac, hash } from 'node:crypto';

/** How a user is named in log lines and metrics. */
export type UserReference = (userId: string) => string;

/**
 * Names users by a keyed hash of their id, the same for one key, so that lines about one user can be found without
 * telling who it is. With `showIds` the id itself is used.
 *
 * @param key any secret that all instances share
 */
export function createUserReference(key: string, showIds: boolean): UserReference {
  if (showIds) return (userId) => userId;
  const logKey = createHmac('sha256', key).update('log-user-ids').digest('base64url');
  // A fraction of the cost of an HMAC for each, and as safe for names: see `createReference`.
  return (userId) => `u-${hash('sha256', logKey + userId, 'base64url').slice(0, 16)}`;
}
