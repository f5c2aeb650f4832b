import { describe, expect, it } from 'vitest';
import { readFeedbackDocument } from '../../../../src/notification-hubs/feedback/feedback-document.ts';

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

  it('takes a handle of 4,096 characters and none that is longer', () => {
    expect(readFeedbackDocument(document({ PnsHandle: 'a'.repeat(4096) }))?.handle).toHaveLength(4096);
    expect(readFeedbackDocument(document({ PnsHandle: 'a'.repeat(4097) }))).toBeUndefined();
  });

  it.each(Object.keys(good))('wants %s, once, and with text', (name) => {
    expect(readFeedbackDocument(document({ [name]: undefined }))).toBeUndefined();
    expect(readFeedbackDocument(document({ [name]: '' }))).toBeUndefined();
    expect(readFeedbackDocument(document({ [name]: '<B>1</B>' }))).toBeUndefined();
    const twice = document().replace('<NotificationId>', `<${name}>x</${name}><NotificationId>`);
    expect(readFeedbackDocument(twice)).toBeUndefined();
  });

  it('refuses a document that declares anything', () => {
    expect(readFeedbackDocument(document({ PnsHandle: '<![CDATA[a1b2]]>' }))).toBeUndefined();
    expect(readFeedbackDocument(document({ More: '<!-- x -->' }))).toBeUndefined();
    const declared = document().replace('<FeedbackTime>', '<!DOCTYPE x [<!ENTITY a "b">]><FeedbackTime>');
    expect(readFeedbackDocument(declared)).toBeUndefined();
  });

  it('refuses what is no document', () => {
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
