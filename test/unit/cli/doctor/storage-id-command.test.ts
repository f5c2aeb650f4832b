import { describe, expect, it } from 'vitest';
import { storageIdCommand } from '../../../../src/cli/doctor/checks/storage.ts';

const command = '$(az storage account show --name clinicstore --query id --output tsv)';

describe('storageIdCommand', () => {
  it.each([
    [
      'a connection string',
      { RELAY_STORAGE: 'AccountKey=k;AccountName=clinicstore;EndpointSuffix=core.windows.net' },
    ],
    ['an address', { RELAY_STORAGE__blobServiceUri: 'https://clinicstore.blob.core.windows.net' }],
    ['the storage of the host', { AzureWebJobsStorage: 'AccountName=clinicstore;AccountKey=k' }],
    ['a name', { AzureWebJobsStorage__accountName: 'clinicstore' }],
  ])('knows the account by %s', (_what, env) => {
    expect(storageIdCommand(env)).toBe(command);
  });

  it('says what is missing when no setting tells', () => {
    expect(storageIdCommand({ RELAY_STORAGE: 'UseDevelopmentStorage=true' })).toBe(
      '<resource id of the storage account>',
    );
  });
});
