import { createHmac, hash } from 'node:crypto';

/** What a reference stands for. */
export type ReferenceKind = 'call' | 'message' | 'thread' | 'device';

/** Names a thing by a keyed hash of its ids: the same thing has the same reference, and nobody learns the ids. */
export type Reference = (kind: ReferenceKind, ...ids: readonly string[]) => string;

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
