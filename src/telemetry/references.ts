import { createHmac, hash } from 'node:crypto';

type ReferenceKind = 'call' | 'message' | 'thread' | 'device';

/** Names a thing by a keyed hash of its ids: the same thing has the same reference, which does not reveal the ids. */
export type Reference = (kind: ReferenceKind, ...ids: readonly string[]) => string;

const prefixes: Readonly<Record<ReferenceKind, string>> = {
  call: 'c',
  message: 'm',
  thread: 't',
  device: 'd',
};

/**
 * Creates references such as `c-` and 16 characters, which find all lines and spans about one call or message. Unlike
 * user references, they have no mode that shows the ids.
 *
 * @param key any secret that all instances share
 */
export function createReference(key: string): Reference {
  const ownKey = createHmac('sha256', key).update('references').digest('base64url');
  // A hash costs a third of an HMAC. It is safe here: the secret prefix has a fixed length, and most of the hash is cut
  // off, so that it can be neither guessed nor extended.
  return (kind, ...ids) => {
    const text = hash('sha256', ownKey + JSON.stringify([kind, ...ids]), 'base64url');
    return `${prefixes[kind]}-${text.slice(0, 16)}`;
  };
}

/** Names a user in log lines. */
export type UserReference = (userId: string) => string;

/**
 * Names users by a keyed hash of their id, so that lines about one user can be found without revealing who it is. The
 * hash is stable for one key.
 *
 * @param key any secret that all instances share
 * @param showIds names users by their plain ids instead
 */
export function createUserReference(key: string, showIds: boolean): UserReference {
  if (showIds) return (userId) => userId;
  const logKey = createHmac('sha256', key).update('log-user-ids').digest('base64url');
  // A hash instead of an HMAC, for the reasons in `createReference`.
  return (userId) => `u-${hash('sha256', logKey + userId, 'base64url').slice(0, 16)}`;
}
