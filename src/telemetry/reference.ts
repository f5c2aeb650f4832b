import { createHmac } from 'node:crypto';

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
  const ownKey = createHmac('sha256', key).update('references').digest();
  return (kind, ...ids) => {
    const hash = createHmac('sha256', ownKey).update(JSON.stringify([kind, ...ids]));
    return `${prefixes[kind]}-${hash.digest('base64url').slice(0, 16)}`;
  };
}
