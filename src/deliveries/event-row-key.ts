import { hash } from 'node:crypto';
import type { EventKey } from './event-key.ts';

/** The key of an event's ledger row within its day: 64 hex digits, made of source (in lower case), id and type. */
export function eventRowKey({ identity }: EventKey): string {
  const text = JSON.stringify([identity.source.toLowerCase(), identity.id, identity.type]);
  return hash('sha256', text, 'hex');
}
