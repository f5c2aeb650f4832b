import type { Environment } from '../../../config/environment.ts';
import { loadConfig } from '../../../config/load-config.ts';
import type { RelayConfig } from '../../../config/relay-config.ts';
import { RelayError } from '../../../errors/relay-error.ts';
import type { Finding } from '../finding.ts';

/** What became of the settings. */
export interface CheckedSettings {
  readonly findings: readonly Finding[];
  /** Absent when a setting is wrong. */
  readonly config?: RelayConfig;
}

// How a problem of the settings is spelled: what was found may be a quoted value, and that may hold anything.
const problemShape = /^(.+?): found ((?:"(?:[^"\\]|\\.)*"|[^"])*?)\. (.+)$/s;

/** Are the settings of the app right? Every problem is a finding of its own. */
export function checkSettings(env: Environment): CheckedSettings {
  try {
    const { config, warnings } = loadConfig(env);
    const why = ['All settings are right.', ...warnings].join(' ');
    return { config, findings: [{ kind: 'ok', check: 'settings', why }] };
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    return { findings: error.problems.map(describe) };
  }
}

function describe(problem: string): Finding {
  const [, setting, found, mend] = problemShape.exec(problem) ?? [];
  if (setting === undefined || found === undefined || mend === undefined) {
    return { kind: 'wrong', check: 'settings', why: problem, mend: 'See docs/settings.md.' };
  }
  return { kind: 'wrong', check: 'settings', about: setting, why: `Found: ${found}.`, mend };
}
