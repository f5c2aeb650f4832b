import { loadConfig } from '../../../config/load-config.ts';
import type { RelayConfig } from '../../../config/relay-config.ts';
import { settings } from '../../../config/settings.ts';
import type { Environment } from '../../../config/settings-reader.ts';
import { RelayError } from '../../../errors/errors.ts';
import type { Finding } from '../finding.ts';
import { keyVaultCommand } from '../key-vault-command.ts';

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
  const unresolved = unresolvedReferences(env);
  try {
    const { config, warnings } = loadConfig(env);
    if (unresolved.length > 0) return { findings: unresolved };
    const why = ['All settings are right.', ...warnings].join(' ');
    return { config, findings: [{ kind: 'ok', check: 'settings', why }] };
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    // A reference in place of a value leads to several problems that say nothing about it.
    const others = error.problems
      .map(describe)
      .filter(({ about }) => !unresolved.some((finding) => finding.about === about));
    return { findings: [...unresolved, ...others] };
  }
}

/** Settings whose value is still the name of a secret in Key Vault: Azure puts the secret in its place, nothing else does. */
function unresolvedReferences(env: Environment): readonly Finding[] {
  return Object.keys(settings).flatMap((about): readonly Finding[] => {
    const command = keyVaultCommand(env[about]?.trim() ?? '');
    if (command === undefined) return [];
    const why = 'Found: a reference to Key Vault in place of the secret.';
    const mend = `${command}\nOn this machine set ${about} to what it prints. In Azure give the identity of the Function App the role "Key Vault Secrets User".`;
    return [{ kind: 'wrong', check: 'settings', about, why, mend }];
  });
}

function describe(problem: string): Finding {
  const [, setting, found, mend] = problemShape.exec(problem) ?? [];
  if (setting === undefined || found === undefined || mend === undefined) {
    return { kind: 'wrong', check: 'settings', why: problem, mend: 'See docs/settings.md.' };
  }
  return { kind: 'wrong', check: 'settings', about: setting, why: `Found: ${found}.`, mend };
}
