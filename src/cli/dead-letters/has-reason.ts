import type { Letter } from './letter.ts';

/**
 * Whether a letter was put aside for this reason; one of several events when any of them was. What cannot be read has
 * every reason, since nobody knows it.
 *
 * @param reason the relay's or Event Grid's, in any case; every letter has the undefined one
 */
export function hasReason(letter: Letter, reason: string | undefined): boolean {
  if (letter.kind !== 'letter' || reason === undefined) return true;
  return letter.events.some((event) => event.reason.toLowerCase() === reason.toLowerCase());
}
