import { settings } from './settings.ts';
import type { Environment } from './settings-reader.ts';

/**
 * Warns about variables whose name is close to that of a setting which is not set. Other variables are none of the
 * relay's business.
 */
export function warnAboutUnknownSettings(env: Environment): readonly string[] {
  const known = Object.keys(settings);
  return Object.keys(env)
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = similarSetting(name, known);
      return meant === undefined || env[meant] !== undefined
        ? []
        : [`Unknown setting ${name}. Did you mean ${meant}?`];
    });
}

/**
 * The known name closest to an unknown one: at most two edits away, ignoring case.
 *
 * @returns undefined when none is close
 */
export function similarSetting(name: string, known: readonly string[]): string | undefined {
  const candidates = known
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase(), 2) }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance);
  return candidates[0]?.candidate;
}

// Levenshtein distance by rows; returns `limit + 1` early when the lengths alone differ by more.
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const current = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const substitution = (previous[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j + 1] ?? 0) + 1, (current[j] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
