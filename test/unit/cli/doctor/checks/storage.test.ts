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
  ])('finds the account by %s', (_what, env) => {
    expect(storageIdCommand(env)).toBe(command);
  });

  it('returns a placeholder when no setting has the name', () => {
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

describe('judgeStorageError', () => {
  it('returns could-not-check when not signed in', () => {
    const error = new CredentialUnavailableError('Please run az login');
    expect(judgeStorageError('tables', identity, 'clinic-relay', error)).toEqual({
      kind: 'could-not-check',
      check: 'tables',
      why: 'This storage account requires a signed-in user, and this machine is not signed in.',
      fix: 'az login\nOr query the app itself:\ncurl https://clinic-relay.azurewebsites.net/api/health',
    });
  });

  it('suggests the missing roles to a signed-in user', () => {
    const error = refused(403, 'AuthorizationPermissionMismatch');
    expect(judgeStorageError('blobs', identity, 'clinic-relay', error)).toEqual({
      kind: 'wrong',
      check: 'blobs',
      why: 'The storage account rejects the relay: 403 AuthorizationPermissionMismatch.',
      fix: 'az role assignment list --all --assignee <signed-in identity> --query "[].roleDefinitionName"\nIt needs Storage Table Data Contributor and Storage Blob Data Contributor on the account. If it has both, check the firewall:\naz storage account show --name clinicstore --query networkRuleSet',
    });
  });

  it.each([
    [401, 'InvalidAuthenticationInfo'],
    [403, 'AuthenticationFailed'],
  ])('suggests the current key after %i %s', (status, code) => {
    const storage = {
      kind: 'connection-string',
      connectionString: 'AccountName=clinicstore;AccountKey=a2V5',
    } as const;
    expect(judgeStorageError('tables', storage, 'clinic-relay', refused(status, code))).toMatchObject({
      kind: 'wrong',
      why: `The storage account rejects the relay: ${status} ${code}.`,
      fix: expect.stringMatching(/^az storage account show-connection-string --name clinicstore /),
    });
  });

  it('reports unreachable storage, with an identity too', () => {
    const error = Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    expect(judgeStorageError('tables', identity, 'clinic-relay', error)).toEqual({
      kind: 'wrong',
      check: 'tables',
      why: 'The tables of the storage account do not respond: ENOTFOUND.',
      fix: 'az storage account show --name clinicstore --query primaryEndpoints\nCheck that RELAY_STORAGE names this account and that its endpoints are reachable from here.',
    });
  });

  it.each([
    'UseDevelopmentStorage=true',
    'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=eA==;TableEndpoint=http://127.0.0.1:41233/devstoreaccount1;',
  ])('suggests Azurite for storage on this machine: %s', (connectionString) => {
    const error = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    const storage = { kind: 'connection-string', connectionString } as const;
    expect(judgeStorageError('tables', storage, 'clinic-relay', error)).toEqual({
      kind: 'wrong',
      check: 'tables',
      why: 'The tables of Azurite do not respond: ECONNREFUSED.',
      fix: 'npx azurite\nThe Azurite of npm start uses other ports: set RELAY_STORAGE to the connection string that npm start printed.',
    });
  });
});
