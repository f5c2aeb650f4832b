import { createHmac, hash } from 'node:crypto';

/** Names a thing by a keyed hash of its ids: the same thing has the same reference, and nobody learns the ids. */
export type Reference = (kind: ReferenceKind, ...ids: readonly string[]) => string;

/** What a reference stands for. */
type ReferenceKind = 'call' | 'message' | 'thread' | 'device';

/** How a user is named in log lines and metrics. */
export type UserReference = (userId: string) => string;

const prefixes: Readonly<Record<ReferenceKind, string>> = {
  call: 'c',
  message: 'm',
  thread: 't',
  device: 'd',
};

/**
 * Makes references such as `c-` and 16 characters, by which lines, spans and events about one call or message are found.
 * Unlike users they have no mode that shows the ids.
 *
 * @param key any secret that all instances share
 */
export function createReference(key: string): Reference {
  const ownKey = createHmac('sha256', key).update('references').digest('base64url');
  // A third of the cost of an HMAC for each. Safe for names: a secret of fixed length before the ids, and most of the
  // hash is cut off, so that it can be neither guessed nor carried on.
  return (kind, ...ids) => {
    const text = hash('sha256', ownKey + JSON.stringify([kind, ...ids]), 'base64url');
    return `${prefixes[kind]}-${text.slice(0, 16)}`;
  };
}

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
