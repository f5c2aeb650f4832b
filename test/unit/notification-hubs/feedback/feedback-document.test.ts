import { describe, expect, it } from 'vitest';
import {
  decodeFeedback,
  readFeedbackDocument,
  splitFeedback,
} from '../../../../src/notification-hubs/feedback/feedback-document.ts';

const text = '<?xml version="1.0" encoding="utf-16"?><PnsFeedback>å</PnsFeedback>';
const utf16be = (value: string) => Buffer.from(value, 'utf16le').swap16();

describe('decodeFeedback', () => {
  it('reads UTF-8 under any declaration, with and without its mark', () => {
    expect(decodeFeedback(Buffer.from(text))).toBe(text);
    expect(decodeFeedback(Buffer.from(`\uFEFF${text}`))).toBe(text);
  });

  it('reads UTF-16 of both orders, with and without its mark', () => {
    expect(decodeFeedback(Buffer.from(text, 'utf16le'))).toBe(text);
    expect(decodeFeedback(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toBe(text);
    expect(decodeFeedback(utf16be(text))).toBe(text);
    expect(decodeFeedback(utf16be(`\uFEFF${text}`))).toBe(text);
  });

  it('reads UTF-16 that begins in the middle of a character', () => {
    const ascii = text.replace('å', 'a');
    expect(decodeFeedback(Buffer.from(ascii, 'utf16le').subarray(1))).toBe(`${ascii.slice(1)}\uFFFD`);
    expect(decodeFeedback(utf16be(ascii).subarray(1))).toBe(`${ascii.slice(0, -1)}\uFFFD`);
  });

  it('reads bytes that are not text without failing', () => {
    expect(decodeFeedback(new Uint8Array())).toBe('');
    expect(decodeFeedback(Uint8Array.of(0xff, 0xfe, 0x41))).toBe('\uFFFD\uFFFDA');
    expect(decodeFeedback(Uint8Array.of(0, 0, 0, 0))).toBe('\0\0');
  });
});

const good = {
  FeedbackTime: '2026-11-22T08:30:00.1239999Z',
  NotificationSystemError: 'ExpiredChannel',
  Platform: 'apple',
  PnsHandle: 'a1b2',
};
const element = (name: string, value: string | undefined) =>
  value === undefined ? '' : `<${name}>${value}</${name}>`;
const document = (change: Readonly<Record<string, string | undefined>> = {}) =>
  `<PnsFeedback xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="x">${Object.entries({
    ...good,
    ...change,
  })
    .map(([name, value]) => element(name, value))
    .join('\n  ')}<NotificationId>1-2</NotificationId></PnsFeedback>`;

describe('readFeedbackDocument', () => {
  it('reads time (rounded down), error, platform and handle', () => {
    expect(readFeedbackDocument(document())).toEqual({
      feedbackTimeMs: Date.UTC(2026, 10, 22, 8, 30, 0, 123),
      error: 'ExpiredChannel',
      platform: 'apns',
      handle: 'a1b2',
    });
  });

  it.each([
    ['apple', 'apns'],
    ['APNS', 'apns'],
    ['gcm', 'fcmv1'],
    ['fcm', 'fcmv1'],
    ['fcmv1', 'fcmv1'],
    ['FcmV1', 'fcmv1'],
    ['windows', 'other'],
    ['adm', 'other'],
  ])('knows the platform %s as %s', (Platform, expected) => {
    expect(readFeedbackDocument(document({ Platform }))?.platform).toBe(expected);
  });

  it.each([
    ['2026-11-22T08:30:00Z', '2026-11-22T08:30:00.000Z'],
    ['2026-11-22T08:30:00.5Z', '2026-11-22T08:30:00.500Z'],
    ['2026-11-22T09:30:00.0000001+01:00', '2026-11-22T08:30:00.000Z'],
  ])('reads the time %s', (FeedbackTime, expected) => {
    const { feedbackTimeMs = 0 } = readFeedbackDocument(document({ FeedbackTime })) ?? {};
    expect(new Date(feedbackTimeMs).toISOString()).toBe(expected);
  });

  it.each([
    '2026-11-22T08:30:00',
    '2026-11-22',
    '22 Nov 2026 08:30:00 GMT',
    '1795338000000',
    '2026-13-22T08:30:00Z',
    '',
  ])('does not guess the time "%s"', (FeedbackTime) => {
    expect(readFeedbackDocument(document({ FeedbackTime }))).toBeUndefined();
  });

  it('keeps a handle of digits as it is written, and leaves entities alone', () => {
    const digits = '00120000000000000000000000000000000000000000000000000000000000e5';
    expect(readFeedbackDocument(document({ PnsHandle: digits }))?.handle).toBe(digits);
    expect(readFeedbackDocument(document({ PnsHandle: 'a&amp;b&#65;' }))?.handle).toBe('a&amp;b&#65;');
  });

  it('accepts a handle of 4,096 characters and none that is longer', () => {
    expect(readFeedbackDocument(document({ PnsHandle: 'a'.repeat(4096) }))?.handle).toHaveLength(4096);
    expect(readFeedbackDocument(document({ PnsHandle: 'a'.repeat(4097) }))).toBeUndefined();
  });

  it.each(Object.keys(good))('requires %s, once, and with text', (name) => {
    expect(readFeedbackDocument(document({ [name]: undefined }))).toBeUndefined();
    expect(readFeedbackDocument(document({ [name]: '' }))).toBeUndefined();
    expect(readFeedbackDocument(document({ [name]: '<B>1</B>' }))).toBeUndefined();
    const twice = document().replace('<NotificationId>', `<${name}>x</${name}><NotificationId>`);
    expect(readFeedbackDocument(twice)).toBeUndefined();
  });

  it('rejects a document with a declaration', () => {
    expect(readFeedbackDocument(document({ PnsHandle: '<![CDATA[a1b2]]>' }))).toBeUndefined();
    expect(readFeedbackDocument(document({ More: '<!-- x -->' }))).toBeUndefined();
    const declared = document().replace('<FeedbackTime>', '<!DOCTYPE x [<!ENTITY a "b">]><FeedbackTime>');
    expect(readFeedbackDocument(declared)).toBeUndefined();
  });

  it('rejects any other text', () => {
    expect(readFeedbackDocument('')).toBeUndefined();
    expect(readFeedbackDocument('<PnsFeedback></PnsFeedback>')).toBeUndefined();
    expect(readFeedbackDocument('<PnsFeedback>text</PnsFeedback>')).toBeUndefined();
    expect(readFeedbackDocument(document().replace('</Platform>', '</Plattform>'))).toBeUndefined();
    expect(readFeedbackDocument(document({ More: '<a><b><c><d>1</d></c></b></a>' }))).toBeUndefined();
    const polluting = document({ More: '<__proto__><polluted>1</polluted></__proto__>' });
    expect(readFeedbackDocument(polluting)).toBeUndefined();
    expect('polluted' in {}).toBe(false);
  });
});

const split = (text: string) => [...splitFeedback(text)];

describe('splitFeedback', () => {
  it('finds nothing in nothing', () => {
    expect(split('')).toEqual([]);
    expect(split('<?xml version="1.0"?><Feedback></Feedback>')).toEqual([]);
  });

  it('finds every document with any text between them', () => {
    const text =
      '\uFEFF<?xml version="1.0" encoding="utf-16"?>\r\n<PnsFeedback xmlns="x"><A>1</A></PnsFeedback>' +
      ' \0garbage </PnsFeedback> <A/>\uFEFF<?xml version="1.0"?><PnsFeedback>\n2</PnsFeedback><PnsFeedback\t>3</PnsFeedback>';
    expect(split(text)).toEqual([
      '<PnsFeedback xmlns="x"><A>1</A></PnsFeedback>',
      '<PnsFeedback>\n2</PnsFeedback>',
      '<PnsFeedback\t>3</PnsFeedback>',
    ]);
  });

  it('reports a document that is cut off, first, in the middle or last', () => {
    expect(split('<A>1</A></PnsFeedback><PnsFeedback>2</PnsFeedback>')).toEqual([
      '<PnsFeedback>2</PnsFeedback>',
    ]);
    expect(split('<PnsFeedback><A>1<PnsFeedback>2</PnsFeedback><PnsFeedback>3</PnsFeedback>')).toEqual([
      undefined,
      '<PnsFeedback>2</PnsFeedback>',
      '<PnsFeedback>3</PnsFeedback>',
    ]);
    expect(split('<PnsFeedback>1</PnsFeedback><PnsFeedback>2<PnsFeedback')).toEqual([
      '<PnsFeedback>1</PnsFeedback>',
      undefined,
      undefined,
    ]);
  });

  it('skips an element whose name only begins with the same letters', () => {
    expect(split('<PnsFeedbacks><PnsFeedbackTime></PnsFeedback>')).toEqual([]);
  });

  it('accepts a document of 8,192 characters and none that is longer', () => {
    const document = (length: number) => `<PnsFeedback>${'x'.repeat(length - 27)}</PnsFeedback>`;
    expect(split(document(8192)).map((text) => text?.length)).toEqual([8192]);
    expect(split(`${document(8193)}${document(30)}`)).toEqual([undefined, '<PnsFeedback>xxx</PnsFeedback>']);
  });
});

// The example in "Get Platform Notification Services (PNS) feedback" (Notification Hubs REST reference).
const example = `<?xml version="1.0" encoding="utf-16"?>
<PnsFeedback xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.microsoft.com/netservices/2010/10/servicebus/connect">
  <FeedbackTime>2016-07-27T20:47:10.8905532Z</FeedbackTime>
  <NotificationSystemError>ExpiredChannel</NotificationSystemError>
  <Platform>windows</Platform>
  <PnsHandle>---Removed---</PnsHandle>
  <NotificationId>215e3aba529b49da9b6d35c134147952-20160727204710-2001061088-1</NotificationId>
</PnsFeedback>

<?xml version="1.0" encoding="utf-16"?>
<PnsFeedback xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.microsoft.com/netservices/2010/10/servicebus/connect">
  <FeedbackTime>2016-07-27T20:56:34.1588971Z</FeedbackTime>
  <NotificationSystemError>ExpiredChannel</NotificationSystemError>
  <Platform>windows</Platform>
  <PnsHandle>---Removed---</PnsHandle>
  <NotificationId>82d1e0626bd14221be7298341ae9a7b3-20160727205634-2001061088-1</NotificationId>
</PnsFeedback>
`;

describe('a feedback blob', () => {
  it('holds both documents of the example in the REST reference', () => {
    const common = { error: 'ExpiredChannel', platform: 'other', handle: '---Removed---' };
    const documents = split(decodeFeedback(Buffer.from(example)));
    expect(documents.map((document) => readFeedbackDocument(document ?? ''))).toEqual([
      { ...common, feedbackTimeMs: Date.UTC(2016, 6, 27, 20, 47, 10, 890) },
      { ...common, feedbackTimeMs: Date.UTC(2016, 6, 27, 20, 56, 34, 158) },
    ]);
  });
});
