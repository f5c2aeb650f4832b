import { type Setting, type SettingName, settings } from './settings.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One invalid setting. */
interface Problem {
  /** The setting, or the settings, by name. */
  readonly setting: string;
  /** What was found. Never a secret. */
  readonly found: string;
  /** How to fix it. */
  readonly fix: string;
}

/** Reads settings one by one and collects every problem, so that all of them are reported together. */
export interface SettingsReader {
  readonly problems: readonly Problem[];
  /** The trimmed value; undefined when it is missing or empty. */
  readonly text: (name: SettingName) => string | undefined;
  /** An integer from `min` to `max`, or the default. */
  readonly wholeNumber: (name: SettingName, min: number, max: number) => number;
  /** One of the given words, in any case; the first one is the default. */
  readonly oneOf: <Word extends string>(name: SettingName, words: readonly [Word, ...Word[]]) => Word;
  readonly report: (setting: string, found: string, fix: string) => void;
}

/** A {@link SettingsReader} over an environment. */
export function createSettingsReader(env: Environment): SettingsReader {
  const problems: Problem[] = [];
  const report = (setting: string, found: string, fix: string): void => {
    problems.push({ setting, found, fix });
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
      report(name, quote(value), `Set a whole number from ${min} to ${max}.`);
      return min;
    },
    oneOf: (name, words) => {
      const value = text(name);
      const word = words.find((candidate) => candidate === value?.toLowerCase());
      if (value !== undefined && word === undefined) {
        report(name, quote(value), `Set one of: ${words.join(', ')}.`);
      }
      return word ?? words[0];
    },
  };
}

/** Formats all problems for a terminal or a log: each setting with what was found and how to fix it. */
export function formatProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? '1 setting is' : `${problems.length} settings are`;
  const blocks = problems.map(
    ({ setting, found, fix }) => `  ${setting}\n    found  ${found}\n    fix    ${fix}`,
  );
  return `The relay cannot start: ${count} invalid.\n\n${blocks.join('\n\n')}\n`;
}

function quote(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}
