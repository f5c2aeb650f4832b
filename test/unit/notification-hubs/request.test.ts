import { describe, expect, it } from 'vitest';
import {
  buildDirectSendRequest,
  createSasToken,
  createSasTokenCache,
} from '../../../src/notification-hubs/request.ts';

describe('buildDirectSendRequest', () => {
  it('builds an APNs request', () => {
    expect(
      buildDirectSendRequest(
        'calls',
        {
          platform: 'apns',
          headers: { 'apns-push-type': 'voip', 'apns-priority': '10', 'apns-expiration': '1795305600' },
          body: '{"aps":{}}',
        },
        '00fc13adff78',
      ),
    ).toEqual({
      path: '/calls/messages/?direct&api-version=2015-04',
      headers: {
        'servicebusnotification-format': 'apple',
        'servicebusnotification-devicehandle': '00fc13adff78',
        'content-type': 'application/json;charset=utf-8',
        'apns-push-type': 'voip',
        'apns-priority': '10',
        'apns-expiration': '1795305600',
      },
      body: '{"aps":{}}',
    });
  });

  it('builds an FCM v1 request', () => {
    expect(
      buildDirectSendRequest(
        'chat',
        { platform: 'fcmv1', headers: {}, body: '{"message":{}}' },
        'fid:APA91b_x-y',
      ),
    ).toEqual({
      path: '/chat/messages/?direct&api-version=2015-04',
      headers: {
        'servicebusnotification-format': 'fcmv1',
        'servicebusnotification-devicehandle': 'fid:APA91b_x-y',
        'content-type': 'application/json;charset=utf-8',
      },
      body: '{"message":{}}',
    });
  });

  it.each([
    ['My Hub/2', '/My%20Hub%2F2/messages/?direct&api-version=2015-04'],
    ['a?b#c%d', '/a%3Fb%23c%25d/messages/?direct&api-version=2015-04'],
    ['hübe', '/h%C3%BCbe/messages/?direct&api-version=2015-04'],
    ['v1.2_x-y', '/v1.2_x-y/messages/?direct&api-version=2015-04'],
  ])('percent-encodes the hub name %s', (hubName, path) => {
    expect(buildDirectSendRequest(hubName, { platform: 'fcmv1', headers: {}, body: '' }, 'h').path).toBe(
      path,
    );
  });

  it.each(['', '.', '..', 'a\ud800'])('rejects the hub name %j', (hubName) => {
    expect(() => buildDirectSendRequest(hubName, { platform: 'fcmv1', headers: {}, body: '' }, 'h')).toThrow(
      expect.objectContaining({ code: 'HUB_REQUEST_INVALID', class: 'internal' }),
    );
  });

  it.each(['', ' abc', 'abc\t', 'a\r\nX: y', 'a\nb', 'a\0b', 'a\x7fb', 'aЖb', 'a…b'])(
    'rejects the device handle %j without repeating it',
    (deviceHandle) => {
      expect(() =>
        buildDirectSendRequest('hub', { platform: 'apns', headers: {}, body: '{}' }, deviceHandle),
      ).toThrow(
        expect.objectContaining({
          code: 'HUB_REQUEST_INVALID',
          message:
            'The Direct Send request cannot be built: the device handle is empty or contains characters that are not allowed in a header',
        }),
      );
    },
  );

  it.each([
    [{ Authorization: 'x' }, 'a header for the push service must be named apns-*, in lower case'],
    [
      { 'servicebusnotification-tags': 'all' },
      'a header for the push service must be named apns-*, in lower case',
    ],
    [{ 'apns-': 'x' }, 'a header for the push service must be named apns-*, in lower case'],
    [{ 'apns-id:': 'x' }, 'a header for the push service must be named apns-*, in lower case'],
    [{ 'APNS-ID': '2' }, 'a header for the push service must be named apns-*, in lower case'],
    [
      { 'apns-id': 'a\r\nb' },
      'the value of apns-id is empty or contains characters that are not allowed in a header',
    ],
    [
      { 'apns-id': '' },
      'the value of apns-id is empty or contains characters that are not allowed in a header',
    ],
    [
      { 'apns-id': '日本' },
      'the value of apns-id is empty or contains characters that are not allowed in a header',
    ],
  ])('rejects the headers %j', (headers, problem) => {
    expect(() => buildDirectSendRequest('hub', { platform: 'apns', headers, body: '{}' }, 'abc')).toThrow(
      expect.objectContaining({ code: 'HUB_REQUEST_INVALID', problems: [problem] }),
    );
  });
});

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
