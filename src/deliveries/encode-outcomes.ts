import { outcomeKinds } from './outcome-kinds.ts';
import type { Outcomes } from './outcomes.ts';

/**
 * Longest text {@link encodeOutcomes} makes, in UTF-16 code units. A cell of Azure Tables holds 64 KiB of UTF-16
 * ("Understanding the Table service data model").
 */
const MAX_LENGTH = 32_000;

/** Outcomes as text for one table cell. */
export interface EncodedOutcomes {
  /** JSON object: outcome kind to the keys that have it. At most 32,000 UTF-16 code units. */
  readonly text: string;
  /** False when some did not fit; those must count as `unknown` from then on. */
  readonly complete: boolean;
}

/** Writes outcomes for one table cell, the most important ones first; room for some 1,600 keys of `deliveryKey`. */
export function encodeOutcomes(outcomes: Outcomes): EncodedOutcomes {
  const groups: string[] = [];
  let complete = true;
  let room = MAX_LENGTH - '{}'.length;
  // In a fixed order, so that the same outcomes are always the same text.
  const entries = [...outcomes].sort(([left], [right]) => (left < right ? -1 : 1));
  for (const kind of outcomeKinds) {
    const keys: string[] = [];
    for (const [key, outcome] of entries) {
      if (outcome !== kind) continue;
      const text = JSON.stringify(key);
      // A comma goes with each key; the first one of a group also pays for the group's name, colon and brackets.
      const cost = text.length + 1 + (keys.length === 0 ? JSON.stringify(kind).length + '[]:'.length : 0);
      if (cost > room) {
        complete = false;
        continue;
      }
      room -= cost;
      keys.push(text);
    }
    if (keys.length > 0) groups.push(`${JSON.stringify(kind)}:[${keys.join(',')}]`);
  }
  return { text: `{${groups.join(',')}}`, complete };
}
