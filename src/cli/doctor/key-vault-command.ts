import { shellWord } from '../shell-word.ts';

const byUri = /^@Microsoft\.KeyVault\(\s*SecretUri=([^;)\s]+)/i;
const byName = /^@Microsoft\.KeyVault\((?=.*\bVaultName=([\w-]+))(?=.*\bSecretName=([\w-]+))/i;

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
