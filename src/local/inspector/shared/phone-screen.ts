import { omitUndefined } from '../../../shared/json.ts';
import type { JournalEntry } from './journal-record.ts';
import { type PushContent, readPushContent } from './payload.ts';

/** A call that rings in full screen: CallKit on an iPhone, a full-screen call on Android. */
export interface Ring {
  readonly callId: string;
  readonly callerName?: string;
  readonly sinceMs: number;
  /** When the ringing must end, epoch milliseconds. */
  readonly untilMs: number;
}

/** A notification on the lock screen or in the notification shade. */
export interface Notice {
  /** A later push with the same id replaces it; the id of the push when the push has none. */
  readonly collapseId: string;
  readonly pushId: string;
  readonly atMs: number;
  readonly title: string;
  readonly body: string;
  readonly kind?: string;
  readonly callId?: string;
  readonly threadId?: string;
  readonly messageId?: string;
  /** It replaced an earlier one. */
  readonly replaced: boolean;
  /** For a call that rings as a notification: when the ringing ends, epoch milliseconds. */
  readonly ringsUntilMs?: number;
}

/** What a phone shows, and what it needs to show later pushes correctly. */
export interface PhoneScreen {
  readonly ring?: Ring;
  /** Newest first. */
  readonly notices: readonly Notice[];
  /** Ended calls: a ring that arrives after the end of its call is not shown. */
  readonly endedCalls: readonly string[];
}

/** A push that reached a phone. */
export interface Arrival {
  readonly pushId: string;
  readonly atMs: number;
  readonly content: PushContent;
}

/** The screen of a phone right after one push. */
export interface PhoneMoment {
  readonly pushId: string;
  readonly atMs: number;
  readonly screen: PhoneScreen;
  readonly effect: Effect;
}

/** What one push did to the phone. */
interface Effect {
  readonly kind: 'rings' | 'shown' | 'replaced' | 'removed' | 'stopped' | 'silent' | 'dropped';
  /** A sentence for the user. */
  readonly text: string;
}

/** A phone without pushes. */
export const emptyScreen: PhoneScreen = { notices: [], endedCalls: [] };

interface Shown {
  readonly screen: PhoneScreen;
  readonly effect: Effect;
}

/**
 * Applies a push to a phone. The system shows alerts and notifications, and replaces those with the same collapse id or
 * tag. The app, which is assumed to follow docs/notifications.md, rings, stops the ring of an answered or ended call, and
 * removes a deleted message.
 */
export function showPush(screen: PhoneScreen, arrival: Arrival): Shown {
  const { content, atMs } = arrival;
  const { acs, expiresAtMs } = content;
  if (expiresAtMs !== undefined && atMs >= expiresAtMs) {
    return { screen, effect: { kind: 'dropped', text: 'Dropped: it arrived after its expiry.' } };
  }
  if (acs?.kind === 'incoming-call') return showRing(screen, arrival);
  if (acs?.kind === 'call-answered') return stopCall(screen, acs.callId, 'it was answered elsewhere');
  if (acs?.kind === 'call-ended') return stopCall(screen, acs.callId, 'the call is over');
  if (acs?.kind === 'chat-message-deleted') return removeMessage(screen, arrival);
  if (content.style === 'alert' || content.style === 'notification') return showNotice(screen, arrival);
  return { screen, effect: { kind: 'silent', text: describeSilent(acs?.kind) } };
}

/** The pushes that arrived at any of the masked handles of a phone, oldest first, each with the screen after it. */
export function phoneHistory(
  entries: readonly JournalEntry[],
  handles: readonly string[],
): readonly PhoneMoment[] {
  const pushes = new Map(entries.flatMap((entry) => (entry.kind === 'push' ? [[entry.pushId, entry]] : [])));
  const moments: PhoneMoment[] = [];
  let screen = emptyScreen;
  for (const entry of entries) {
    if (entry.kind !== 'arrival' || !handles.includes(entry.handle)) continue;
    const push = pushes.get(entry.pushId);
    if (push === undefined) continue;
    const { pushId, atMs } = entry;
    const shown = showPush(screen, { pushId, atMs, content: readPushContent(push, push.atMs) });
    screen = shown.screen;
    moments.push({ pushId, atMs, ...shown });
  }
  return moments;
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
    return { screen, effect: { kind: 'silent', text: 'This call is already ringing: shown once.' } };
  }
  const untilMs = content.expiresAtMs ?? atMs + 30_000;
  const ring = { callId, sinceMs: atMs, untilMs, ...omitUndefined({ callerName }) };
  const how = content.platform === 'apns' ? 'Rings through CallKit.' : 'The app opens a full-screen call.';
  return { screen: { ...screen, ring }, effect: { kind: 'rings', text: how } };
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
    ...omitUndefined({
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

function stopCall(screen: PhoneScreen, callId: string | undefined, why: string): Shown {
  if (callId === undefined) {
    return { screen, effect: { kind: 'silent', text: 'Silent: it names no call.' } };
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
      : { kind: 'silent', text: `Silent: ${why}; nothing was ringing here.` },
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

function describeSilent(kind: string | undefined): string {
  if (kind === 'chat-removed') return 'Silent: the app removes the chat from its list.';
  if (kind === 'chat-updated') return 'Silent: the app reads the new name of the chat.';
  return 'Silent: it wakes the app, which shows nothing.';
}
