import { createHash } from 'node:crypto';
import { dayDigits } from '../shared/time.ts';
import type { DeadLetter } from './dead-letter.ts';

/**
 * The blob name of a dead letter: `yyyy/mm/dd/<reason>/<hash>.json`. The same event put aside twice for one reason has
 * one name. The hash is that of the event's identity; of its content where it has none, or where the identity is what
 * two contents share (`payload-changed`).
 *
 * @param dayMs what the day is taken from: the event's time where it is known
 */
export function deadLetterName(
  letter: Pick<DeadLetter, 'reason' | 'identity' | 'event'>,
  dayMs: number,
): string {
  const { identity, reason, event } = letter;
  const named =
    identity === undefined || reason === 'payload-changed'
      ? event
      : [identity.source.toLowerCase(), identity.id, identity.type];
  const hash = createHash('sha256').update(JSON.stringify(named)).digest('hex').slice(0, 32);
  const day = dayDigits(dayMs);
  return `${day.slice(0, 4)}/${day.slice(4, 6)}/${day.slice(6)}/${reason}/${hash}.json`;
}
