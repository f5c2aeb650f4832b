import { CredentialUnavailableError } from '@azure/identity';
import { describe, expect, it } from 'vitest';
import { judgeStorageError, storageIdCommand } from '../../../../../src/cli/doctor/checks/storage.ts';

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

const identity = {
  kind: 'identity',
  tableServiceUri: 'https://clinicstore.table.core.windows.net',
  blobServiceUri: 'https://clinicstore.blob.core.windows.net',
} as const;

const refused = (status: number, code: string) =>
  Object.assign(new Error('no'), { statusCode: status, code });

describe('storage that does not answer', () => {
  it('with nobody signed in is not called wrong', () => {
    const error = new CredentialUnavailableError('Please run az login');
    expect(judgeStorageError('tables', identity, 'clinic-relay', error)).toEqual({
      kind: 'could-not-check',
      check: 'tables',
      why: 'This storage account takes signed-in users only, and nobody is signed in here.',
      mend: 'az login\nOr ask the app itself:\ncurl https://clinic-relay.azurewebsites.net/api/health',
    });
  });

  it('to somebody who is signed in without the roles names them, not a key', () => {
    const error = refused(403, 'AuthorizationPermissionMismatch');
    expect(judgeStorageError('blobs', identity, 'clinic-relay', error)).toEqual({
      kind: 'wrong',
      check: 'blobs',
      why: 'The storage account refuses the relay: 403 AuthorizationPermissionMismatch.',
      mend: 'az role assignment list --all --assignee <who is signed in> --query "[].roleDefinitionName"\nIt needs Storage Table Data Contributor and Storage Blob Data Contributor on the account. If it has them, look at the firewall:\naz storage account show --name clinicstore --query networkRuleSet',
    });
  });

  it.each([
    [401, 'InvalidAuthenticationInfo'],
    [403, 'AuthenticationFailed'],
  ])('with %i %s refuses the key', (status, code) => {
    const storage = {
      kind: 'connection-string',
      connectionString: 'AccountName=clinicstore;AccountKey=a2V5',
    } as const;
    expect(judgeStorageError('tables', storage, 'clinic-relay', refused(status, code))).toMatchObject({
      kind: 'wrong',
      why: `The storage account refuses the relay: ${status} ${code}.`,
      mend: expect.stringMatching(/^az storage account show-connection-string --name clinicstore /),
    });
  });

  it('because there is no way to it says so, with an identity too', () => {
    const error = Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    expect(judgeStorageError('tables', identity, 'clinic-relay', error)).toEqual({
      kind: 'wrong',
      check: 'tables',
      why: 'The tables of the storage account do not answer: ENOTFOUND.',
      mend: 'az storage account show --name clinicstore --query primaryEndpoints\nCheck that RELAY_STORAGE names this account and that its addresses can be reached from here.',
    });
  });

  it.each([
    'UseDevelopmentStorage=true',
    'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=eA==;TableEndpoint=http://127.0.0.1:41233/devstoreaccount1;',
  ])('on this machine is not looked for in Azure: %s', (connectionString) => {
    const error = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    const storage = { kind: 'connection-string', connectionString } as const;
    expect(judgeStorageError('tables', storage, 'clinic-relay', error)).toEqual({
      kind: 'wrong',
      check: 'tables',
      why: 'The tables of Azurite do not answer: ECONNREFUSED.',
      mend: 'npx azurite\nThat of npm start has other ports: set RELAY_STORAGE to the connection string that npm start printed.',
    });
  });
});
