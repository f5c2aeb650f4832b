import { describe, expect, it } from 'vitest';
import { createSasToken, createSasTokenCache } from '../../../src/notification-hubs/sas-token.ts';

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
  // Computed with Python's hmac module. The first one is also what @azure/notification-hubs 2.1.0 signs, and the second
  // was computed with openssl dgst as well.
  it.each([
    [
      'https://ns-Example.servicebus.windows.net',
      'Sender',
      'dGVzdGtleQ==',
      1767229200,
      'SharedAccessSignature sr=https%3A%2F%2Fns-example.servicebus.windows.net%2F&sig=TG745KUTBc0CS3QDLqMwSEXaW5sa7FECwMFBF5ntNZ4%3D&se=1767229200&skn=Sender',
    ],
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
