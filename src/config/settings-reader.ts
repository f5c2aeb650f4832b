import type { Environment } from './environment.ts';
import type { Problem } from './problem.ts';
import { type Setting, type SettingName, settings } from './settings.ts';

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

function show(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}
