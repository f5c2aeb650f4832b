import { describe, expect, it } from 'vitest';
import { phoneHistory } from '../../../../../src/local/inspector/shared/phone-screen.ts';
import { applePush, journalOf } from '../../../../support/journal.ts';

const call = { kind: 'incoming-call', callId: 'c1', expiresAt: '2026-11-22T09:00:30.000Z' };

describe('phoneHistory', () => {
  it('tells what arrived at any handle of a phone, in the order of arrival', () => {
    const journal = journalOf(
      applePush(call, { handles: ['70c1…4c03'], headers: { 'apns-push-type': 'voip' } }),
      applePush(
        { kind: 'call-ended', callId: 'c1' },
        { pushId: 'push-2', headers: { 'apns-push-type': 'background' } },
      ),
      { kind: 'arrival', pushId: 'push-1', handle: '70c1…4c03' },
      { kind: 'arrival', pushId: 'push-2', handle: '5a3d…e27f' },
      { kind: 'arrival', pushId: 'push-2', handle: 'samp…0000' },
    );
    const history = phoneHistory(journal, ['5a3d…e27f', '70c1…4c03']);
    expect(history.map(({ pushId, effect, screen }) => [pushId, effect.kind, screen.ring?.callId])).toEqual([
      ['push-1', 'rings', 'c1'],
      ['push-2', 'stopped', undefined],
    ]);
  });

  it('does not show what never arrived, nor what is forgotten', () => {
    const journal = journalOf(applePush(call), { kind: 'arrival', pushId: 'forgotten', handle: '5a3d…e27f' });
    expect(phoneHistory(journal, ['5a3d…e27f'])).toEqual([]);
  });
});
