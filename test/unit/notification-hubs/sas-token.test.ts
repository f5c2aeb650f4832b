import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createSasToken, createSasTokenCache, signSas } from '../../../src/notification-hubs/sas-token.ts';

const connection = { endpoint: 'https://contoso.servicebus.windows.net', keyName: 'Sender', key: 'a2V5' };

const expiryOf = (token: string): string | null => new URLSearchParams(token.split(' ')[1]).get('se');

describe('createSasTokenCache', () => {
  it('keeps a token for half an hour and renews it half an hour before it ends', () => {
    let nowMs = 1_795_305_600_999;
    const token = createSasTokenCache(connection, () => nowMs);
    const first = token();
    expect(expiryOf(first)).toBe('1795309200');
    nowMs = 1_795_307_400_998;
    expect(token()).toBe(first);
    nowMs = 1_795_307_400_999;
    expect(expiryOf(token())).toBe('1795311000');
  });

  it('signs anew after the clock was set back, so that no token lives longer than an hour', () => {
    let nowMs = 1_795_305_600_000;
    const token = createSasTokenCache(connection, () => nowMs);
    expect(expiryOf(token())).toBe('1795309200');
    nowMs = 1_795_305_599_999;
    expect(expiryOf(token())).toBe('1795309199');
  });

  it('keeps connections apart', () => {
    const a = createSasTokenCache(connection, () => 1_795_305_600_000);
    const b = createSasTokenCache({ ...connection, key: 'b2V5' }, () => 1_795_305_600_000);
    expect(a()).not.toBe(b());
  });
});

describe('createSasToken', () => {
  // Computed with Python's hmac module and, for the first one, with openssl dgst as well.
  it.each([
    [
      'https://contoso.servicebus.windows.net',
      'DefaultFullSharedAccessSignature',
      'c2VjcmV0LWtleS13aXRoLXBhZGRpbmc=',
      1795305600,
      'SharedAccessSignature sr=https%3A%2F%2Fcontoso.servicebus.windows.net%2F&sig=pBlOakaclUK9aApoIBcpACBmmNKN7t5a6IWA6qKbLok%3D&se=1795305600&skn=DefaultFullSharedAccessSignature',
    ],
    [
      'https://Fabrikam.servicebus.windows.net',
      'Send only/é',
      'Zm9vK2Jhci9iYXo9PQ==',
      1893456000,
      'SharedAccessSignature sr=https%3A%2F%2Ffabrikam.servicebus.windows.net%2F&sig=K78Cjj2n7PvTFYBD8DfcPRkUDmRF4TD7Oteh7v7lNqE%3D&se=1893456000&skn=Send%20only%2F%C3%A9',
    ],
    [
      'http://127.0.0.1:7080',
      'n',
      'k',
      1,
      'SharedAccessSignature sr=http%3A%2F%2F127.0.0.1%3A7080%2F&sig=f9cptHxoHpQxfZjHCO2Y5T4qiAOqSE7YWRyp6NG3vDw%3D&se=1&skn=n',
    ],
  ])('signs for %s', (endpoint, keyName, key, expiresAtSeconds, token) => {
    expect(createSasToken({ endpoint, keyName, key }, expiresAtSeconds)).toBe(token);
  });
});

// Vectors kept beside the repository during development; the literals above prove the same without them.
const vectorsFile = new URL('../../../../shared/payloads/hub/sas-token.vectors.json', import.meta.url);
if (existsSync(vectorsFile)) {
  const { vectors } = z
    .object({
      vectors: z.array(
        z.object({
          resource: z.string(),
          key: z.string(),
          keyName: z.string(),
          se: z.number(),
          stringToSign: z.string(),
          signatureBase64: z.string(),
          token: z.string(),
        }),
      ),
    })
    .parse(JSON.parse(readFileSync(vectorsFile, 'utf8')));

  describe('recorded SAS vectors', () => {
    it.each(vectors)('gives the signature for $resource', (vector) => {
      expect(signSas(vector.stringToSign, vector.key)).toBe(vector.signatureBase64);
    });

    const roots = vectors.filter((vector) => new URL(vector.resource).pathname === '/');
    it('has a vector for the audience of the relay', () => expect(roots).toHaveLength(1));
    it.each(roots)('gives the whole token for $resource', ({ resource, keyName, key, se, token }) => {
      expect(createSasToken({ endpoint: resource.replace(/\/$/, ''), keyName, key }, se)).toBe(token);
    });
  });
}
