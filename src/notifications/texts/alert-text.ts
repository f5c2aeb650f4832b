import type { ChatNotification, Notification } from '../notification.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { nl } from './nl.ts';
import { sv } from './sv.ts';
import type { Texts } from './texts.ts';
import { zh } from './zh.ts';

/** What a lock screen shows. */
export interface AlertText {
  readonly title: string;
  readonly body: string;
}

const languages: ReadonlyMap<string, Texts> = new Map([
  ['en', en],
  ['sv', sv],
  ['nl', nl],
  ['fr', fr],
  ['es', es],
  ['zh', zh],
]);

/**
 * Selects the texts for a device. Looks up its BCP 47 locale, shortened part by part (`zh-Hans-CN`, `zh-Hans`, `zh`), then
 * the default locale in the same way, and falls back to English.
 */
export function selectTexts(locale: string | undefined, defaultLocale: string): Texts {
  return lookup(locale) ?? lookup(defaultLocale) ?? en;
}

/**
 * Writes the alert of a visible notification. Names and message text come from the notification, where the content policy
 * has already been applied.
 */
export function alertText(notification: Notification, texts: Texts): AlertText {
  if ('callId' in notification) {
    const body = notification.kind === 'missed-call' ? texts.missedCall : texts.incomingCall;
    return { title: notification.callerName ?? texts.unknownCaller, body };
  }
  if (notification.kind === 'chat-added') {
    return { title: notification.topic ?? texts.chat, body: addedText(notification, texts) };
  }
  const headline = notification.kind === 'chat-message-edited' ? texts.editedMessage : texts.newMessage;
  const { senderName, text } = notification;
  if (senderName === undefined) return { title: headline, body: text ?? texts.openApp };
  return { title: senderName, body: text ?? headline };
}

function lookup(locale: string | undefined): Texts | undefined {
  let tag = locale?.toLowerCase() ?? '';
  while (tag !== '') {
    const texts = languages.get(tag);
    if (texts !== undefined) return texts;
    tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')));
  }
  return undefined;
}

function addedText(notification: ChatNotification, texts: Texts): string {
  const { recipientIsAdded, senderName, addedName } = notification;
  if (recipientIsAdded === true) {
    return senderName === undefined
      ? texts.youWereAdded
      : texts.someoneAddedYou.replace('{name}', () => senderName);
  }
  return addedName === undefined
    ? texts.someoneJoined
    : texts.personJoined.replace('{name}', () => addedName);
}
