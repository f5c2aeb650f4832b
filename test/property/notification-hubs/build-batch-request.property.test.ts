import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildBatchRequest } from '../../../src/notification-hubs/request.ts';

/** A reader of multipart bodies in the words of RFC 2046: delimiters at line starts, headers, an empty line, a body. */
const readMultipart = (
  contentType: string,
  text: string,
): { headers: Map<string, string>; body: string }[] => {
  const boundary = contentType.split('boundary="')[1]?.slice(0, -1) ?? '';
  const whole = `\r\n${text}\r\n`;
  const [preamble, ...pieces] = whole.split(`\r\n--${boundary}`);
  if (preamble !== '' || pieces.pop() !== '--\r\n')
    throw new Error('The frame of the multipart body is broken.');
  return pieces.map((piece) => {
    if (!piece.startsWith('\r\n')) throw new Error('A delimiter does not end its line.');
    const end = piece.indexOf('\r\n\r\n');
    const lines = piece.slice(2, end).split('\r\n');
    const headers = new Map(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    );
    return { headers, body: piece.slice(end + 4) };
  });
};

const printable = fc.stringMatching(/^[\x21-\x7e\xa1-\xff]{1,80}$/);
const nasty = fc.constantFrom(
  '\r\n--',
  '--',
  '\r\n',
  'acs-relay-0',
  'acs-relay-1',
  '\r\n--acs-relay-0--\r\n',
  '"',
);
const body = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme' }), nasty), { maxLength: 12 })
  .map((parts) => parts.join(''));
const handles = fc.uniqueArray(fc.oneof(printable, fc.constantFrom('acs-relay-0', '--acs-relay-1--')), {
  minLength: 1,
  maxLength: 50,
});

describe('buildBatchRequest', () => {
  it('gives a multipart body from which another reader gets the same push and handles', () => {
    fc.assert(
      fc.property(
        body,
        handles,
        fc.constantFrom('apns' as const, 'fcmv1' as const),
        (text, devices, platform) => {
          const request = buildBatchRequest('hub', { platform, headers: {}, body: text }, devices);
          const [notification, list, ...rest] = readMultipart(
            request.headers['content-type'] ?? '',
            request.body,
          );
          expect(rest).toEqual([]);
          expect(notification?.headers.get('content-disposition')).toBe('inline; name=notification');
          expect(notification?.headers.get('content-type')).toBe('application/json;charset=utf-8');
          expect(notification?.body).toBe(text);
          expect(list?.headers.get('content-disposition')).toBe('inline; name=devices');
          expect(list?.headers.get('content-type')).toBe('application/json');
          expect(JSON.parse(list?.body ?? '')).toEqual(devices);
        },
      ),
    );
  });

  it('gives the same bytes for the same push', () => {
    fc.assert(
      fc.property(body, handles, (text, devices) => {
        const push = { platform: 'apns', headers: {}, body: text } as const;
        expect(buildBatchRequest('hub', push, devices)).toEqual(buildBatchRequest('hub', push, [...devices]));
      }),
    );
  });
});
