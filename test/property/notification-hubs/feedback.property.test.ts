import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContainerUrl } from '../../../src/notification-hubs/feedback/feedback-container.ts';
import {
  decodeFeedback,
  type FeedbackRecord,
  readFeedbackDocument,
  splitFeedback,
} from '../../../src/notification-hubs/feedback/feedback-document.ts';

const record = fc.record({
  feedbackTimeMs: fc.integer({ min: 1_262_304_000_000, max: 4_102_444_800_000 }),
  error: fc.stringMatching(/^[A-Za-z]{1,40}$/),
  platform: fc.constantFrom('apns' as const, 'fcmv1' as const, 'other' as const),
  handle: fc.oneof(fc.stringMatching(/^[0-9a-f]{64}$/), fc.stringMatching(/^[\w:.=-]{20,200}$/)),
});
const wireName = { apns: 'apple', fcmv1: 'gcm', other: 'windows' };

const write = ({ feedbackTimeMs, error, platform, handle }: FeedbackRecord) =>
  `<?xml version="1.0" encoding="utf-16"?><PnsFeedback xmlns="x"><FeedbackTime>${new Date(feedbackTimeMs)
    .toISOString()
    .replace(
      'Z',
      '9999Z',
    )}</FeedbackTime><NotificationSystemError>${error}</NotificationSystemError><Platform>${
    wireName[platform]
  }</Platform><PnsHandle>${handle}</PnsHandle></PnsFeedback>`;
const read = (text: string) =>
  [...splitFeedback(text)].map((document) => document && readFeedbackDocument(document));

describe('the feedback parser', () => {
  it('reads back every list of records, whatever is between them, in every encoding', () => {
    // No name of the element itself, nor a zero that would look like UTF-16.
    const garbage = fc.stringMatching(/^[ -~\r\n\uFEFF]{0,40}$/).filter((text) => !text.includes('Pns'));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(garbage, record), { maxLength: 8 }),
        fc.constantFrom('utf8' as const, 'utf16le' as const, 'utf16be' as const),
        (list, encoding) => {
          const text = list.map(([between, one]) => `${between}${write(one)}`).join('');
          const bytes =
            encoding === 'utf16be' ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, encoding);
          expect(read(decodeFeedback(bytes))).toEqual(list.map(([, one]) => one));
        },
      ),
    );
  });

  it('loses only the document that is cut, wherever a blob is cut', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 5 }), fc.nat(), (list, at) => {
        const text = list.map(write).join('');
        const cut = at % (text.length + 1);
        const head = read(text.slice(0, cut)).filter((one) => one !== undefined);
        const tail = read(text.slice(cut)).filter((one) => one !== undefined);
        expect(head).toEqual(list.slice(0, head.length));
        expect(tail).toEqual(list.slice(list.length - tail.length));
        expect(list.length - head.length - tail.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('loses only the document in which something was changed', () => {
    fc.assert(
      fc.property(
        fc.tuple(record, record, record),
        fc.nat(),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
        ([first, middle, last], at, char) => {
          const text = write(middle);
          const index = at % text.length;
          const changed = `${text.slice(0, index)}${char}${text.slice(index + 1)}`;
          const records = read(`${write(first)}${changed}${write(last)}`);
          expect(records[0]).toEqual(first);
          expect(records.at(-1)).toEqual(last);
          expect(records.length).toBeLessThanOrEqual(3);
        },
      ),
    );
  });
});

describe('parseContainerUrl for any URL', () => {
  it('accepts only a blob container of Azure or, in a local run, one on this machine', () => {
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((ip) => `[${ip}]`),
      fc.constantFrom(
        'localhost',
        '127.0.0.1',
        'abc.blob.core.windows.net',
        'blob.core.windows.net.example.com',
      ),
    );
    const url = fc
      .tuple(
        fc.constantFrom('http', 'https', 'ftp', 'file'),
        fc.constantFrom('', 'user@', 'abc.blob.core.windows.net@', 'a:b@'),
        host,
        fc.constantFrom('', ':80', ':443', ':10000'),
        fc.webPath(),
        fc.constantFrom('', '?sig=a', '?sv=1&sig=b', '#sig=a'),
      )
      .map(([scheme, user, name, port, path, query]) => `${scheme}://${user}${name}${port}${path}${query}`);
    fc.assert(
      fc.property(fc.oneof(url, fc.string()), fc.boolean(), (text, hubIsLocal) => {
        const parsed = parseContainerUrl(text, hubIsLocal);
        if (parsed === undefined) return;
        const { protocol, hostname, username, password } = new URL(parsed);
        expect([username, password]).toEqual(['', '']);
        const local = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname);
        const azure = /^[^.]+\.blob\.core\.(windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/.test(
          hostname,
        );
        expect(protocol === 'https:' ? azure : hubIsLocal && local).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
