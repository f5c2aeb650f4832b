import { hash } from 'node:crypto';
import type { EventIdentity } from '../../events/relay-event.ts';

// A UUID made for this project: the name space of push ids.
const nameSpace = Buffer.from('6f0d3c1ab7e54e0b9a4c52d8e1f7a360', 'hex');

/**
 * The id of one push: a UUID v5 (RFC 9562) of the event's identity, the kind and the device. The same on every try and
 * after every redelivery, so that whoever sees a push twice can tell.
 */
export function pushId(identity: EventIdentity, kind: string, recipientId: string, deviceId: string): string {
  const name = JSON.stringify([identity.source, identity.id, identity.type, kind, recipientId, deviceId]);
  const hex = hash('sha1', Buffer.concat([nameSpace, Buffer.from(name)]), 'hex');
  const variant = (Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant.toString(16)}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}
