import { defined } from '../../../shared/json.ts';
import type { Arrival, Effect, Notice, PhoneScreen } from './phone-screen.ts';

/** A phone on which nothing has arrived. */
export const emptyScreen: PhoneScreen = { notices: [], endedCalls: [] };

/** The screen after a push, and what the push did to it. */
export interface Shown {
  readonly screen: PhoneScreen;
  readonly effect: Effect;
}

/**
 * What a phone does with a push: the system shows alerts and notifications by itself, and replaces what has the same
 * collapse id or tag; an app that follows docs/notifications.md does the rest: it rings, stops the ring of a call that is
 * answered or over, and takes a deleted message off the screen.
 */
export function showPush(screen: PhoneScreen, arrival: Arrival): Shown {
  const { content, atMs } = arrival;
  const { acs, expiresAtMs } = content;
  if (expiresAtMs !== undefined && atMs >= expiresAtMs) {
    return { screen, effect: { kind: 'dropped', text: 'Dropped: it came after its expiry.' } };
  }
  if (acs?.kind === 'incoming-call') return showRing(screen, arrival);
  if (acs?.kind === 'call-answered') return stopCall(screen, acs.callId, 'it was answered elsewhere');
  if (acs?.kind === 'call-ended') return stopCall(screen, acs.callId, 'the call is over');
  if (acs?.kind === 'chat-message-deleted') return removeMessage(screen, arrival);
  if (content.style === 'alert' || content.style === 'notification') return showNotice(screen, arrival);
  return { screen, effect: { kind: 'silent', text: describeSilent(acs?.kind) } };
}

function showRing(screen: PhoneScreen, arrival: Arrival): Shown {
  const { content, atMs } = arrival;
  const { callId = '', callerName } = content.acs ?? {};
  if (screen.endedCalls.includes(callId)) {
    const text = 'Not shown: the call was over before its ring arrived.';
    return { screen, effect: { kind: 'dropped', text } };
  }
  if (content.style === 'alert') return showNotice(screen, arrival);
  if (screen.ring?.callId === callId && atMs < screen.ring.untilMs) {
    return { screen, effect: { kind: 'silent', text: 'The call rings already: shown once.' } };
  }
  const untilMs = content.expiresAtMs ?? atMs + 30_000;
  const ring = { callId, sinceMs: atMs, untilMs, ...defined({ callerName }) };
  const how = content.platform === 'apns' ? 'Rings through CallKit.' : 'The app opens a full-screen call.';
  return { screen: { ...screen, ring }, effect: { kind: 'rings', text: how } };
}

function stopCall(screen: PhoneScreen, callId: string | undefined, why: string): Shown {
  if (callId === undefined) {
    return { screen, effect: { kind: 'silent', text: 'Silent, and it names no call.' } };
  }
  const { ring, ...rest } = screen;
  const isRinging = ring?.callId === callId;
  const notices = screen.notices.filter(
    (notice) => notice.callId !== callId || notice.kind === 'missed-call',
  );
  const did = isRinging || notices.length < screen.notices.length;
  return {
    screen: {
      ...rest,
      ...(ring === undefined || isRinging ? {} : { ring }),
      notices,
      endedCalls: [...screen.endedCalls.filter((ended) => ended !== callId), callId].slice(-50),
    },
    effect: did
      ? { kind: 'stopped', text: `The app stops the ring: ${why}.` }
      : { kind: 'silent', text: `Silent: ${why}; nothing rings here.` },
  };
}

function removeMessage(screen: PhoneScreen, { content }: Arrival): Shown {
  const { threadId, messageId } = content.acs ?? {};
  const notices = screen.notices.filter(
    (notice) => notice.threadId !== threadId || notice.messageId !== messageId || messageId === undefined,
  );
  return notices.length < screen.notices.length
    ? { screen: { ...screen, notices }, effect: { kind: 'removed', text: 'The app removes the message.' } }
    : { screen, effect: { kind: 'silent', text: 'Silent: the deleted message is not on the screen.' } };
}

function showNotice(screen: PhoneScreen, { pushId, atMs, content }: Arrival): Shown {
  const { acs, collapseId = pushId, title = '', body = '', expiresAtMs } = content;
  const others = screen.notices.filter((notice) => notice.collapseId !== collapseId);
  const replaced = others.length < screen.notices.length;
  const { ring, ...rest } = screen;
  const keepsRing = ring !== undefined && !(acs?.kind === 'missed-call' && acs.callId === ring.callId);
  const notice: Notice = {
    collapseId,
    pushId,
    atMs,
    title,
    body,
    replaced,
    ...defined({
      kind: acs?.kind,
      callId: acs?.callId,
      threadId: acs?.threadId,
      messageId: acs?.messageId,
      ringsUntilMs: acs?.kind === 'incoming-call' ? expiresAtMs : undefined,
    }),
  };
  const effect: Effect = replaced
    ? { kind: 'replaced', text: 'Replaces the notification with the same collapse id.' }
    : {
        kind: 'shown',
        text: acs?.kind === 'incoming-call' ? 'Rings as a notification.' : 'Shown as a notification.',
      };
  return {
    screen: { ...rest, ...(keepsRing ? { ring } : {}), notices: [notice, ...others].slice(0, 50) },
    effect,
  };
}

function describeSilent(kind: string | undefined): string {
  if (kind === 'chat-removed') return 'Silent: the app takes the chat off its list.';
  if (kind === 'chat-updated') return 'Silent: the app reads the new name of the chat.';
  return 'Silent: the app is woken and shows nothing.';
}
