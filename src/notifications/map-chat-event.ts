import type { RelayEvent } from '../events/relay-event.ts';
import { defined } from '../shared/json.ts';
import type { Mapping, MappingOptions } from './mapping-options.ts';
import { plainText } from './plain-text.ts';

type ChatEvent = Exclude<RelayEvent, { kind: 'incoming-call' | 'call-participant-added' | 'call-ended' }>;

/**
 * Turns a chat event into a notification, holding back what the content policy keeps in Azure: with `sender` the message
 * text and the topic, with `none` every name too. Nobody is told of what they did themselves.
 */
export function mapChatEvent(event: ChatEvent, options: MappingOptions): Mapping {
  const isNews = event.kind !== 'chat-removed' && event.kind !== 'chat-updated';
  if (isNews && event.senderId === event.recipientId) return { end: 'skipped', reason: 'own-action' };
  const showNames = options.chatContent !== 'none';
  const showText = options.chatContent === 'full';
  return {
    end: 'notify',
    notification: {
      kind: event.kind,
      identity: event.identity,
      recipientId: event.recipientId,
      sentAtMs: event.timeMs,
      expiresAtMs: event.timeMs + options.chatTtlMs,
      threadId: event.threadId,
      ...defined({
        messageId: 'messageId' in event ? event.messageId : undefined,
        senderId: event.senderId,
        senderName: showNames ? event.senderName : undefined,
        text: showText ? messageText(event) : undefined,
        topic: showText && 'topic' in event ? event.topic : undefined,
        addedName: showNames && 'addedName' in event ? event.addedName : undefined,
        recipientIsAdded: 'recipientIsAdded' in event ? event.recipientIsAdded : undefined,
      }),
    },
  };
}

function messageText(event: ChatEvent): string | undefined {
  if (event.kind !== 'chat-message' && event.kind !== 'chat-message-edited') return undefined;
  const text = event.textFormat === 'html' ? plainText(event.text ?? '') : (event.text ?? '');
  return text.trim() === '' ? undefined : text;
}
