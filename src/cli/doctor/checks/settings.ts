import { loadConfig } from '../../../config/load-config.ts';
import type { RelayConfig } from '../../../config/relay-config.ts';
import { settings } from '../../../config/settings.ts';
import type { Environment } from '../../../config/settings-reader.ts';
import { RelayError } from '../../../errors/errors.ts';
import { shellWord } from '../../terminal.ts';
import type { Finding } from '../finding.ts';

const byUri = /^@Microsoft\.KeyVault\(\s*SecretUri=([^;)\s]+)/i;
const byName = /^@Microsoft\.KeyVault\((?=.*\bVaultName=([\w-]+))(?=.*\bSecretName=([\w-]+))/i;

// How a problem of the settings is spelled: what was found may be a quoted value, and that may hold anything.
const problemShape = /^(.+?): found ((?:"(?:[^"\\]|\\.)*"|[^"])*?)\. (.+)$/s;

/**
 * The command that shows the secret behind a reference to Key Vault, in both forms of "Use Key Vault references as app
 * settings"; undefined for a value that is no such reference.
 */
export function keyVaultCommand(value: string): string | undefined {
  const end = '--query value --output tsv';
  const [, uri] = byUri.exec(value) ?? [];
  if (uri !== undefined) return `az keyvault secret show --id ${shellWord(uri)} ${end}`;
  const [, vault, secret] = byName.exec(value) ?? [];
  if (vault === undefined || secret === undefined) return undefined;
  return `az keyvault secret show --vault-name ${vault} --name ${secret} ${end}`;
}

/** What became of the settings. */
interface CheckedSettings {
  readonly findings: readonly Finding[];
  /** Absent when a setting is wrong. */
  readonly config?: RelayConfig;
}

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
