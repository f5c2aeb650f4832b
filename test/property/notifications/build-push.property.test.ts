import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/errors.ts';
import { pushContract } from '../../../src/notifications/acs-contract.ts';
import { buildPush } from '../../../src/notifications/build-push.ts';
import { cutText } from '../../../src/notifications/fit-body.ts';
import type { CallNotification, ChatNotification } from '../../../src/notifications/notification.ts';
import { android, iPhone, message, options, ring } from '../../support/notifications.ts';

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
const emoji = fc.constantFrom(
  '👩‍👩‍👧‍👦',
  '🇸🇪',
  '👍🏽',
  'e\u0301',
  'مرحبا',
  'שלום',
  '你好',
  'क्षि',
  '"\\\n\u0001',
  '\ud800',
  'x',
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 3000 }),
  fc.string({ unit: 'grapheme', maxLength: 3000 }),
  fc.array(emoji, { maxLength: 3000 }).map((parts) => parts.join('')),
  fc.tuple(emoji, fc.integer({ min: 1, max: 20_000 })).map(([part, count]) => part.repeat(count)),
  fc.integer({ min: 90_000, max: 110_000 }).map((length) => 'ö'.repeat(length)),
);
// Parsing drops blank names.
const name = text.filter((value) => value.trim() !== '');
const target = fc.constantFrom(iPhone, android);
const chatKind = fc.constantFrom<ChatNotification['kind']>(
  'chat-message',
  'chat-message-edited',
  'chat-message-deleted',
  'chat-added',
);
const callKind = fc.constantFrom<CallNotification['kind']>('incoming-call', 'missed-call', 'call-ended');

function contractOf(body: string): Record<string, unknown> {
  const parsed = JSON.parse(body);
  return pushContract.parse(parsed.acs ?? JSON.parse(parsed.message.data.acs));
}

/** True when `shown` is the text, or a beginning of it that ends between two graphemes, with "…". */
function isCutBetweenGraphemes(shown: string, text: string): boolean {
  const whole = text.toWellFormed();
  if (shown === whole) return true;
  const kept = shown.slice(0, -1);
  if (!shown.endsWith('…') || !whole.startsWith(kept)) return false;
  if (kept.length === 0) return true;
  return segmenter.segment(whole).containing(kept.length)?.index === kept.length;
}

describe('buildPush with any text', () => {
  it('keeps a chat push valid, within 4,096 bytes, with whole graphemes and ids', () => {
    fc.assert(
      fc.property(chatKind, text, name, target, (kind, body, senderName, device) => {
        const push = buildPush({ ...message, kind, text: body, senderName }, device, options);
        expect(Buffer.byteLength(push.body)).toBeLessThanOrEqual(4096);
        const contract = contractOf(push.body);
        expect(contract).toMatchObject({
          threadId: '19:t@thread.v2',
          messageId: '1795338000000',
          senderId: message.senderId,
          recipientId: message.recipientId,
        });
        expect(isCutBetweenGraphemes(String(contract['senderName']), senderName)).toBe(true);
        const { aps, message: fcm } = JSON.parse(push.body);
        const alert = aps?.alert ?? fcm?.notification;
        const isMessage = kind === 'chat-message' || kind === 'chat-message-edited';
        if (alert !== undefined && isMessage) expect(isCutBetweenGraphemes(alert.body, body)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps a call push valid, within 4,096 bytes, with whole graphemes and ids', () => {
    const callPayload = fc.option(fc.base64String({ maxLength: 6000 }), { nil: undefined });
    fc.assert(
      fc.property(
        callKind,
        name,
        callPayload,
        target,
        fc.boolean(),
        (kind, callerName, cp, device, voipHub) => {
          const { callPayload: _, ...call } = ring;
          const notification = {
            ...call,
            kind,
            callerName,
            ...(cp === undefined ? {} : { callPayload: cp }),
          };
          const push = buildPush(notification, device, { ...options, voipHub });
          expect(Buffer.byteLength(push.body)).toBeLessThanOrEqual(4096);
          const contract = contractOf(push.body);
          expect(contract).toMatchObject({
            callId: 'call-1',
            callerId: ring.callerId,
            serverCallId: 'c2VydmVy',
          });
          const shown = contract['callerName'];
          expect(isCutBetweenGraphemes(String(shown), callerName)).toBe(true);
          const parsed = JSON.parse(push.body);
          const sent = parsed.data?.cp ?? parsed.message?.data.cp;
          if (sent !== undefined) expect(sent).toBe(cp);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never cuts ids, and throws EVENT_PAYLOAD_TOO_LARGE when they leave no room', () => {
    const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1200 });
    fc.assert(
      fc.property(id, id, target, (threadId, senderId, device) => {
        try {
          const { body } = buildPush({ ...message, threadId, senderId }, device, options);
          expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
          expect(contractOf(body)).toMatchObject({ threadId, senderId });
        } catch (error) {
          if (!(error instanceof RelayError)) throw error;
          expect(error.code).toBe('EVENT_PAYLOAD_TOO_LARGE');
        }
      }),
    );
  });

  it('puts a collapse id of at most 64 visible bytes into the header for any ids', () => {
    const id = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(id, id, (messageId, callId) => {
        const chat = buildPush({ ...message, messageId: messageId.slice(0, 50) }, iPhone, options);
        const call = buildPush({ ...ring, callId: callId.slice(0, 50) }, iPhone, options);
        for (const { headers } of [chat, call])
          expect(headers['apns-collapse-id']).toMatch(/^[\x21-\x7e]{1,64}$/);
      }),
    );
  });
});

describe('cutText with any text', () => {
  it('keeps exactly the requested number of graphemes', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 50 }), (value, count) => {
        const cut = cutText(value, count);
        const graphemes = [...segmenter.segment(value.slice(0, 10_000))].map(({ segment }) => segment);
        if (cut === value) expect(graphemes.length).toBeLessThanOrEqual(count);
        else expect(cut).toBe(`${graphemes.slice(0, cut === '…' ? 0 : count).join('')}…`);
      }),
      { numRuns: 100 },
    );
  });
});
