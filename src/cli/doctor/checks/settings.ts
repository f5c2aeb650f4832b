import { loadConfig } from '../../../config/load-config.ts';
import type { RelayConfig } from '../../../config/relay-config.ts';
import { settings } from '../../../config/settings.ts';
import type { Environment } from '../../../config/settings-reader.ts';
import { RelayError } from '../../../errors/errors.ts';
import { shellWord } from '../../terminal.ts';
import type { Finding } from '../finding.ts';

const byUri = /^@Microsoft\.KeyVault\(\s*SecretUri=([^;)\s]+)/i;
const byName = /^@Microsoft\.KeyVault\((?=.*\bVaultName=([\w-]+))(?=.*\bSecretName=([\w-]+))/i;

// The format of a settings problem. The value found may be quoted, and may contain anything.
const problemShape = /^(.+?): found ((?:"(?:[^"\\]|\\.)*"|[^"])*?)\. (.+)$/s;

/**
 * The command that prints the secret of a Key Vault reference, in both forms of "Use Key Vault references as app
 * settings"; undefined for any other value.
 */
export function keyVaultCommand(value: string): string | undefined {
  const end = '--query value --output tsv';
  const [, uri] = byUri.exec(value) ?? [];
  if (uri !== undefined) return `az keyvault secret show --id ${shellWord(uri)} ${end}`;
  const [, vault, secret] = byName.exec(value) ?? [];
  if (vault === undefined || secret === undefined) return undefined;
  return `az keyvault secret show --vault-name ${vault} --name ${secret} ${end}`;
}

interface CheckedSettings {
  readonly findings: readonly Finding[];
  /** Absent when a setting is invalid. */
  readonly config?: RelayConfig;
}

/** Are the settings of the app valid? Each problem is a separate finding. */
export function checkSettings(env: Environment): CheckedSettings {
  const unresolved = unresolvedReferences(env);
  try {
    const { config, warnings } = loadConfig(env);
    if (unresolved.length > 0) return { findings: unresolved };
    const why = ['All settings are valid.', ...warnings].join(' ');
    return { config, findings: [{ kind: 'ok', check: 'settings', why }] };
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    // An unresolved reference causes further problems that do not mention it.
    const others = error.problems
      .map(describe)
      .filter(({ about }) => !unresolved.some((finding) => finding.about === about));
    return { findings: [...unresolved, ...others] };
  }
}

/** Settings that are still Key Vault references. Only Azure resolves them. */
function unresolvedReferences(env: Environment): readonly Finding[] {
  return Object.keys(settings).flatMap((about): readonly Finding[] => {
    const command = keyVaultCommand(env[about]?.trim() ?? '');
    if (command === undefined) return [];
    const why = 'Found: a Key Vault reference instead of the secret.';
    const fix = `${command}\nOn this machine, set ${about} to the output. In Azure, assign the role "Key Vault Secrets User" to the identity of the Function App.`;
    return [{ kind: 'wrong', check: 'settings', about, why, fix }];
  });
}

function describe(problem: string): Finding {
  const [, setting, found, fix] = problemShape.exec(problem) ?? [];
  if (setting === undefined || found === undefined || fix === undefined) {
    return { kind: 'wrong', check: 'settings', why: problem, fix: 'See docs/settings.md.' };
  }
  return { kind: 'wrong', check: 'settings', about: setting, why: `Found: ${found}.`, fix };
}
