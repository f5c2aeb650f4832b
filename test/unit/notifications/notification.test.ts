import { describe, expect, it } from 'vitest';
import { collapseId } from '../../../src/notifications/notification.ts';
import { message, ring } from '../../support/notifications.ts';

describe('collapseId', () => {
  it('is the call id for everything about a call', () => {
    expect(collapseId(ring)).toBe('call-1');
    expect(collapseId({ ...ring, kind: 'call-ended' })).toBe('call-1');
    expect(collapseId({ ...ring, callId: 'c'.repeat(64) })).toBe('c'.repeat(64));
  });

  it('is a hash of a call id that APNs would not accept', () => {
    // sha256 of 65 c, base64url
    expect(collapseId({ ...ring, callId: 'c'.repeat(65) })).toBe(
      'swhV5RBEasNHBsWsr-7e_VEi_pRGs_gS2xHhrDtNDPI',
    );
    expect(collapseId({ ...ring, callId: 'å' })).toMatch(/^[\w-]{43}$/);
  });

  it('differs for messages of the same millisecond in two threads', () => {
    expect(collapseId(message)).toBe('1795338000000.KRT24JSS8dNiGfwY');
    expect(collapseId({ ...message, threadId: '19:other' })).toMatch(/^1795338000000\.(?!KRT24)/);
  });

  it('is one id per thread and kind for events about a whole chat', () => {
    const { messageId: _, ...thread } = message;
    expect(collapseId({ ...thread, kind: 'chat-added' })).toBe('chat-added:KRT24JSS8dNiGfwY');
  });
});
