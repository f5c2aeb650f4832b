import { RelayError } from '../errors/errors.ts';
import { dayMs } from '../shared/time.ts';
import { readHubs, readStorage } from './azure-services.ts';
import { readCallers } from './read-callers.ts';
import type { RelayConfig } from './relay-config.ts';
import { settings } from './settings.ts';
import { createSettingsReader, type Environment, formatProblems } from './settings-reader.ts';

interface LoadedConfig {
  readonly config: RelayConfig;
  /** Names that look like misspelled settings. */
  readonly warnings: readonly string[];
}

/**
 * Validates the environment and turns it into one typed config.
 *
 * @throws RelayError `CONFIG_INVALID` with every problem, formatted for reading; it holds no secret
 */
export function loadConfig(env: Environment): LoadedConfig {
  const reader = createSettingsReader(env);
  const { alertHub, voipHub } = readHubs(reader);
  const storage = readStorage(reader, env);
  const callers = readCallers(reader);
  const numbers = {
    ringMs: reader.wholeNumber('RING_SECONDS', 5, 120) * 1000,
    chatTtlMs: reader.wholeNumber('CHAT_TTL_SECONDS', 60, 2_419_200) * 1000,
    deviceTtlMs: reader.wholeNumber('DEVICE_TTL_DAYS', 1, 3650) * dayMs,
    devicesPerUser: reader.wholeNumber('DEVICES_PER_USER', 1, 100),
  };
  const words = {
    chatContent: reader.oneOf('CHAT_CONTENT', ['full', 'sender', 'none']),
    hubTransport: reader.oneOf('HUB_TRANSPORT', ['undici', 'azure-sb']),
  } as const;
  const logUserIds = reader.oneOf('LOG_USER_IDS', ['false', 'true']) === 'true';
  const defaultLocale = reader.text('DEFAULT_LOCALE') ?? settings.DEFAULT_LOCALE.default;
  if (!/^(en|sv|nl|fr|es|zh)(-[A-Za-z0-9]{1,8})*$/i.test(defaultLocale)) {
    reader.report('DEFAULT_LOCALE', 'an unsupported language', 'Set one of: en, sv, nl, fr, es, zh-Hans.');
  }
  if (alertHub === undefined || storage === undefined || reader.problems.length > 0) {
    throw new RelayError({
      code: 'CONFIG_INVALID',
      class: 'config',
      message: formatProblems(reader.problems),
      problems: reader.problems.map(({ setting, found, fix }) => `${setting}: found ${found}. ${fix}`),
    });
  }
  const config = { alertHub, storage, ...callers, ...numbers, ...words, logUserIds, defaultLocale };
  return {
    config: voipHub === undefined ? config : { ...config, voipHub },
    warnings: warnAboutUnknownSettings(env),
  };
}

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
