import { type Setting, type SettingName, settings } from './settings.ts';

/** The environment as Node gives it: names and texts. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads settings one by one and gathers what is wrong with them, so that all of it can be said at once. */
export interface SettingsReader {
  readonly problems: readonly Problem[];
  /** The value without blanks around it; undefined when it is missing or empty. */
  readonly text: (name: SettingName) => string | undefined;
  /** A whole number from `min` to `max`, or the default. */
  readonly wholeNumber: (name: SettingName, min: number, max: number) => number;
  /** One of the given words, or the first of them as the default. */
  readonly oneOf: <Word extends string>(name: SettingName, words: readonly [Word, ...Word[]]) => Word;
  /** Notes a problem. */
  readonly report: (setting: string, found: string, mend: string) => void;
}

/** One thing that is wrong with the settings. */
interface Problem {
  /** The setting, or the settings, by name. */
  readonly setting: string;
  /** What was found. Never a secret. */
  readonly found: string;
  /** What to do about it. */
  readonly mend: string;
}

/**
 * Draws the problems with the settings as text for a terminal or a log: each setting with what was found and how to
 * mend it, all at once, so that one look and one edit are enough.
 */
export function drawProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? '1 setting is' : `${problems.length} settings are`;
  const blocks = problems.map(
    ({ setting, found, mend }) => `  ${setting}\n    found  ${found}\n    mend   ${mend}`,
  );
  return `The relay cannot start: ${count} wrong.\n\n${blocks.join('\n\n')}\n`;
}

/**
 * The known name that an unknown one was probably meant to be: at most two letters away, not counting case.
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

/** A {@link SettingsReader} over an environment. */
export function createSettingsReader(env: Environment): SettingsReader {
  const problems: Problem[] = [];
  const report = (setting: string, found: string, mend: string): void => {
    problems.push({ setting, found, mend });
  };
  const text = (name: SettingName): string | undefined => {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  };
  return {
    problems,
    report,
    text,
    wholeNumber: (name, min, max) => {
      const setting: Setting = settings[name];
      const value = text(name) ?? setting.default ?? '';
      const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= min && number <= max) return number;
      report(name, show(value), `Set a whole number from ${min} to ${max}.`);
      return min;
    },
    oneOf: (name, words) => {
      const value = text(name);
      const word = words.find((candidate) => candidate === value?.toLowerCase());
      if (value !== undefined && word === undefined) {
        report(name, show(value), `Set one of: ${words.join(', ')}.`);
      }
      return word ?? words[0];
    },
  };
}

// Levenshtein distance by rows; gives up with `limit + 1` as soon as the lengths alone are further apart.
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

function show(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}
