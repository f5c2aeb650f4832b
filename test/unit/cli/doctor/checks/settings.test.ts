import { describe, expect, it } from 'vitest';
import { keyVaultCommand } from '../../../../../src/cli/doctor/checks/settings.ts';

describe('keyVaultCommand', () => {
  it.each([
    [
      '@Microsoft.KeyVault(SecretUri=https://clinic.vault.azure.net/secrets/hub/)',
      'az keyvault secret show --id https://clinic.vault.azure.net/secrets/hub/ --query value --output tsv',
    ],
    [
      '@Microsoft.KeyVault(VaultName=clinic;SecretName=hub)',
      'az keyvault secret show --vault-name clinic --name hub --query value --output tsv',
    ],
    [
      '@Microsoft.KeyVault(SecretName=hub;SecretVersion=1;VaultName=clinic)',
      'az keyvault secret show --vault-name clinic --name hub --query value --output tsv',
    ],
  ])('returns the command that prints the secret of %s', (value, command) => {
    expect(keyVaultCommand(value)).toBe(command);
  });

  it.each(['', 'Endpoint=sb://x', '@Microsoft.KeyVault()', '@Microsoft.KeyVault(VaultName=clinic)'])(
    'returns undefined for %j',
    (value) => {
      expect(keyVaultCommand(value)).toBeUndefined();
    },
  );
});
