import { describe, expect, it } from 'vitest';
import type { AcsContract, PushStyle } from '../../../../../src/local/inspector/shared/payload.ts';
import {
  type Arrival,
  emptyScreen,
  type PhoneScreen,
  phoneHistory,
  showPush,
} from '../../../../../src/local/inspector/shared/phone-screen.ts';
import { applePush, journalOf } from '../../../../support/journal.ts';

const call = { kind: 'incoming-call', callId: 'c1', expiresAt: '2026-11-22T09:00:30.000Z' };

describe('phoneHistory', () => {
  it('lists the pushes to any handle of a phone in the order of arrival', () => {
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

  it('omits pushes that never arrived or are no longer in the journal', () => {
    const journal = journalOf(applePush(call), { kind: 'arrival', pushId: 'forgotten', handle: '5a3d…e27f' });
    expect(phoneHistory(journal, ['5a3d…e27f'])).toEqual([]);
  });
});

interface Given extends Partial<AcsContract> {
  readonly kind: string;
  readonly style: PushStyle;
  readonly atMs?: number;
  readonly title?: string;
  readonly collapseId?: string;
  readonly expiresAtMs?: number;
}

function arrival({ style, atMs = 1000, title, collapseId, expiresAtMs = 30_000, ...acs }: Given): Arrival {
  return {
    pushId: `${acs.kind} ${atMs}`,
    atMs,
    content: {
      platform: style === 'data' || style === 'notification' ? 'fcmv1' : 'apns',
      style,
      priority: '10',
      expiresAtMs,
      acs,
      ...(title === undefined ? {} : { title, body: `${title} body` }),
      ...(collapseId === undefined ? {} : { collapseId }),
    },
  };
}

/** The screen and what each push did, after pushes in this order. */
function phoneAfter(...pushes: readonly Given[]): { screen: PhoneScreen; effects: readonly string[] } {
  let screen = emptyScreen;
  const effects = pushes.map((push) => {
    const shown = showPush(screen, arrival(push));
    screen = shown.screen;
    return shown.effect.kind;
  });
  return { screen, effects };
}

const voipRing = { kind: 'incoming-call', style: 'voip', callId: 'c1', callerName: 'Ben' } as const;
const dataRing = { ...voipRing, style: 'data' } as const;
const message = {
  kind: 'chat-message',
  style: 'alert',
  threadId: 't1',
  messageId: 'm1',
  title: 'Ben',
  collapseId: 'm1.t1',
} as const;

describe('the phone screen after a ring', () => {
  it('fills the screen by VoIP and by data, until its expiry', () => {
    const ring = { callId: 'c1', callerName: 'Ben', sinceMs: 1000, untilMs: 30_000 };
    expect(phoneAfter(voipRing)).toEqual({
      screen: { notices: [], endedCalls: [], ring },
      effects: ['rings'],
    });
    expect(phoneAfter(dataRing).screen.ring).toEqual(ring);
  });

  it('starts once for two pushes of one call', () => {
    expect(phoneAfter(voipRing, { ...voipRing, atMs: 2000 }).effects).toEqual(['rings', 'silent']);
  });

  it('is a notification when it arrives as an alert', () => {
    const { screen, effects } = phoneAfter({ ...voipRing, style: 'alert', title: 'Ben', collapseId: 'c1' });
    expect(effects).toEqual(['shown']);
    expect(screen.ring).toBeUndefined();
    expect(screen.notices).toEqual([
      {
        collapseId: 'c1',
        pushId: 'incoming-call 1000',
        atMs: 1000,
        title: 'Ben',
        body: 'Ben body',
        replaced: false,
        kind: 'incoming-call',
        callId: 'c1',
        ringsUntilMs: 30_000,
      },
    ]);
  });

  it('is dropped at and after its expiry', () => {
    expect(phoneAfter({ ...voipRing, atMs: 30_000 })).toEqual({ screen: emptyScreen, effects: ['dropped'] });
    expect(phoneAfter({ ...voipRing, atMs: 29_999 }).effects).toEqual(['rings']);
  });

  it.each(['call-answered', 'call-ended'])('stops with %s, however it rings', (kind) => {
    const stop = { kind, style: 'background', callId: 'c1', atMs: 2000 } as const;
    for (const ring of [voipRing, dataRing, { ...voipRing, style: 'alert', title: 'Ben' } as const]) {
      const { screen, effects } = phoneAfter(ring, stop);
      expect(effects.at(-1)).toBe('stopped');
      expect(screen).toEqual({ notices: [], endedCalls: ['c1'] });
    }
  });

  it('does not stop for another call, and does not start after the end of its own', () => {
    const other = { kind: 'call-ended', style: 'background', callId: 'c2' } as const;
    expect(phoneAfter(voipRing, other).screen.ring?.callId).toBe('c1');
    expect(phoneAfter(voipRing, other).effects).toEqual(['rings', 'silent']);
    const own = { ...other, callId: 'c1' };
    expect(phoneAfter(own, voipRing)).toEqual({
      screen: { notices: [], endedCalls: ['c1'] },
      effects: ['silent', 'dropped'],
    });
  });

  it('is replaced only by the missed call of the same call', () => {
    const missed = {
      kind: 'missed-call',
      style: 'alert',
      callId: 'c1',
      title: 'Ben',
      collapseId: 'c1',
    } as const;
    const { screen } = phoneAfter(voipRing, missed);
    expect(screen.ring).toBeUndefined();
    expect(screen.notices.map(({ kind }) => kind)).toEqual(['missed-call']);
    expect(phoneAfter(voipRing, { ...missed, callId: 'c2' }).screen.ring?.callId).toBe('c1');
  });

  it('keeps a missed call when the stop arrives after it', () => {
    const missed = { kind: 'missed-call', style: 'alert', callId: 'c1', title: 'Ben' } as const;
    const stop = { kind: 'call-ended', style: 'background', callId: 'c1' } as const;
    expect(phoneAfter(missed, stop).screen.notices.map(({ kind }) => kind)).toEqual(['missed-call']);
  });
});

describe('the phone screen after a message', () => {
  const edit = { ...message, kind: 'chat-message-edited', title: 'Ben again', atMs: 2000 };
  const deletion = {
    kind: 'chat-message-deleted',
    style: 'background',
    threadId: 't1',
    messageId: 'm1',
  } as const;

  it('is replaced by a push with its collapse id, which moves to the top', () => {
    const other = { ...message, messageId: 'm2', collapseId: 'm2.t1', title: 'Cleo' };
    const { screen, effects } = phoneAfter(message, other, edit);
    expect(effects).toEqual(['shown', 'shown', 'replaced']);
    expect(screen.notices.map(({ title, replaced }) => [title, replaced])).toEqual([
      ['Ben again', true],
      ['Cleo', false],
    ]);
  });

  it('is kept next to others without a collapse id', () => {
    const { collapseId: _none, ...free } = message;
    expect(phoneAfter(free, { ...free, atMs: 2000 }).screen.notices).toHaveLength(2);
  });

  it('is removed only by its own deletion', () => {
    expect(phoneAfter(message, deletion)).toEqual({ screen: emptyScreen, effects: ['shown', 'removed'] });
    expect(phoneAfter(message, { ...deletion, threadId: 't2' }).effects).toEqual(['shown', 'silent']);
    expect(phoneAfter(message, { ...deletion, messageId: 'm2' }).screen.notices).toHaveLength(1);
  });
});

describe('the phone screen after a silent push', () => {
  it.each([
    ['chat-removed', 'Silent: the app removes the chat from its list.'],
    ['chat-updated', 'Silent: the app reads the new name of the chat.'],
    ['something-new', 'Silent: it wakes the app, which shows nothing.'],
  ])('changes nothing when its kind is %s', (kind, text) => {
    const { screen, effect } = showPush(emptyScreen, arrival({ kind, style: 'data' }));
    expect(screen).toBe(emptyScreen);
    expect(effect).toEqual({ kind: 'silent', text });
  });
});
