import { isFinalOutcome } from './is-final-outcome.ts';
import type { Outcomes } from './outcomes.ts';

/** Earlier outcomes with later ones laid over them. What was final stays as it was. */
export function mergeOutcomes(earlier: Outcomes, later: Outcomes): Outcomes {
  const merged = new Map(earlier);
  for (const [key, outcome] of later) {
    const before = merged.get(key);
    if (before === undefined || !isFinalOutcome(before)) merged.set(key, outcome);
  }
  return merged;
}
