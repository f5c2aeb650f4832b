import { describe, expect, it } from 'vitest';
import { buildDirectSendRequest } from '../../../src/notification-hubs/request.ts';

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
