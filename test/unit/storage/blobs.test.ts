import { describe, expect, it } from 'vitest';
import { readBlobAccount } from '../../../src/storage/blobs.ts';

const key = { kind: 'key', accountName: 'contoso', accountKey: Buffer.from('secret') };

describe('readBlobAccount', () => {
  it.each([
    [
      'DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net',
      'https://contoso.blob.core.windows.net',
      key,
    ],
    ['AccountName=contoso;AccountKey=c2VjcmV0', 'https://contoso.blob.core.windows.net', key],
    [
      'accountname=contoso; ACCOUNTKEY=c2VjcmV0 ;EndpointSuffix=core.chinacloudapi.cn;',
      'https://contoso.blob.core.chinacloudapi.cn',
      key,
    ],
    [
      'AccountKey=c2VjcmV0;BlobEndpoint=https://blobs.contoso.example/;AccountName=contoso',
      'https://blobs.contoso.example',
      key,
    ],
    [
      'BlobEndpoint=https://contoso.blob.core.windows.net/;SharedAccessSignature=sv=2023-11-03&sig=a%2Bb%3D',
      'https://contoso.blob.core.windows.net',
      { kind: 'query', query: 'sv=2023-11-03&sig=a%2Bb%3D' },
    ],
    [
      'AccountName=contoso;SharedAccessSignature=?sv=2023-11-03&sig=a',
      'https://contoso.blob.core.windows.net',
      { kind: 'query', query: 'sv=2023-11-03&sig=a' },
    ],
  ])('reads %s', (connectionString, endpoint, signature) => {
    expect(readBlobAccount(connectionString)).toEqual({ endpoint, signature });
  });

  it.each(['UseDevelopmentStorage=true', 'usedevelopmentstorage = TRUE;'])(
    'knows the account of Azurite: %s',
    (connectionString) => {
      expect(readBlobAccount(connectionString)).toMatchObject({
        endpoint: 'http://127.0.0.1:10000/devstoreaccount1',
        signature: { kind: 'key', accountName: 'devstoreaccount1' },
      });
    },
  );

  it.each([
    ['', 'names no account'],
    ['AccountKey=c2VjcmV0', 'names no account'],
    ['BlobEndpoint=c2VjcmV0;AccountName=a', 'names no account'],
    ['AccountName=contoso', 'neither an account key nor a shared access signature'],
    ['BlobEndpoint=https://contoso.example;AccountKey=c2VjcmV0', 'neither an account key nor'],
  ])('rejects %j and repeats no part of it', (connectionString, expected) => {
    const read = () => readBlobAccount(connectionString);
    expect(read).toThrow(expected);
    expect(read).not.toThrow('c2VjcmV0');
  });
});
