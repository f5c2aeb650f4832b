import { describe, expect, it } from 'vitest';
import { buildBatchRequest, buildDirectSendRequest } from '../../../src/notification-hubs/request.ts';

const push = {
  platform: 'apns',
  headers: { 'apns-push-type': 'alert' },
  body: '{"aps":{"alert":"hi"}}',
} as const;

describe('buildBatchRequest', () => {
  it('builds a multipart request with CRLF, the notification first and the devices second', () => {
    expect(buildBatchRequest('My Hub', push, ['t1', 't2'])).toEqual({
      path: '/My%20Hub/messages/$batch?direct&api-version=2015-08',
      headers: {
        'servicebusnotification-format': 'apple',
        'apns-push-type': 'alert',
        'content-type': 'multipart/mixed; boundary="acs-relay-0"',
      },
      body:
        '--acs-relay-0\r\nContent-Type: application/json;charset=utf-8\r\n' +
        'Content-Disposition: inline; name=notification\r\n\r\n{"aps":{"alert":"hi"}}\r\n' +
        '--acs-relay-0\r\nContent-Type: application/json\r\n' +
        'Content-Disposition: inline; name=devices\r\n\r\n["t1","t2"]\r\n--acs-relay-0--',
    });
  });

  it('takes a boundary that occurs neither in the body nor in a handle', () => {
    const body = '{"aps":{"alert":"--acs-relay-0 and acs-relay-1"}}';
    const request = buildBatchRequest('hub', { ...push, body }, ['acs-relay-2']);
    expect(request.headers['content-type']).toBe('multipart/mixed; boundary="acs-relay-3"');
    expect(request.body.endsWith('\r\n--acs-relay-3--')).toBe(true);
  });

  it('sends a handle that is given twice once', () => {
    expect(buildBatchRequest('hub', push, ['a', 'b', 'a']).body).toContain('\r\n["a","b"]\r\n');
  });

  it('takes 1,000 handles', () => {
    const handles = Array.from({ length: 1000 }, (_, index) => `h${index}`);
    expect(buildBatchRequest('hub', push, handles).body).toContain('"h0",');
    expect(buildBatchRequest('hub', push, [...handles, 'h0']).body).toContain(',"h999"]');
  });

  it.each([
    [0, 'a batch takes 1 to 1000 device handles, not 0'],
    [1001, 'a batch takes 1 to 1000 device handles, not 1001'],
  ])('refuses %i handles', (length, problem) => {
    const handles = Array.from({ length }, (_, index) => `h${index}`);
    expect(() => buildBatchRequest('hub', push, handles)).toThrow(
      expect.objectContaining({ code: 'HUB_REQUEST_INVALID', problems: [problem] }),
    );
  });

  it('refuses a handle no handle can be, and the header and hub names a single send refuses', () => {
    expect(() => buildBatchRequest('hub', push, ['a', 'b\r\n'])).toThrow(
      'a device handle is empty or has characters no handle has',
    );
    expect(() => buildBatchRequest('..', push, ['a'])).toThrow(
      'the hub name is empty or cannot stand in a URL',
    );
    expect(() => buildBatchRequest('hub', { ...push, headers: { host: 'x' } }, ['a'])).toThrow(
      'a header for the push service must be named apns-*',
    );
  });
});

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

  it.each(['', '.', '..', 'a\ud800'])('refuses the hub name %j', (hubName) => {
    expect(() => buildDirectSendRequest(hubName, { platform: 'fcmv1', headers: {}, body: '' }, 'h')).toThrow(
      expect.objectContaining({ code: 'HUB_REQUEST_INVALID', class: 'internal' }),
    );
  });

  it.each(['', ' abc', 'abc\t', 'a\r\nX: y', 'a\nb', 'a\0b', 'a\x7fb', 'aЖb', 'a…b'])(
    'refuses the device handle %j without repeating it',
    (deviceHandle) => {
      expect(() =>
        buildDirectSendRequest('hub', { platform: 'apns', headers: {}, body: '{}' }, deviceHandle),
      ).toThrow(
        expect.objectContaining({
          code: 'HUB_REQUEST_INVALID',
          message:
            'The Direct Send request cannot be built: the device handle is empty or has characters a header cannot hold',
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
    [{ 'apns-id': 'a\r\nb' }, 'the value of apns-id is empty or has characters a header cannot hold'],
    [{ 'apns-id': '' }, 'the value of apns-id is empty or has characters a header cannot hold'],
    [{ 'apns-id': '日本' }, 'the value of apns-id is empty or has characters a header cannot hold'],
  ])('refuses the headers %j', (headers, problem) => {
    expect(() => buildDirectSendRequest('hub', { platform: 'apns', headers, body: '{}' }, 'abc')).toThrow(
      expect.objectContaining({ code: 'HUB_REQUEST_INVALID', problems: [problem] }),
    );
  });
});
