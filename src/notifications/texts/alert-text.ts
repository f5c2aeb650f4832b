import type { ChatNotification, Notification } from '../notification.ts';
import type { Texts } from './texts.ts';

/** What a lock screen shows. */
export interface AlertText {
  readonly title: string;
  readonly body: string;
}

/**
 * The words for a visible notification. Names and message text come from the notification, which has only what the
 * content policy lets out.
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
