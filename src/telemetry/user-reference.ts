import { createHmac, createSecretKey } from 'node:crypto';

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
  // As a key object it is prepared once, which makes each reference several times cheaper.
  const logKey = createSecretKey(createHmac('sha256', key).update('log-user-ids').digest());
  return (userId) => `u-${createHmac('sha256', logKey).update(userId).digest('base64url').slice(0, 16)}`;
}
