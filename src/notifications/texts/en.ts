import type { Texts } from './texts.ts';

/** English texts. */
export const en: Texts = {
  unknownCaller: 'Unknown caller',
  incomingCall: 'Incoming call',
  missedCall: 'Missed call',
  newMessage: 'New message',
  editedMessage: 'Edited message',
  openApp: 'Open the app to read it.',
  chat: 'Chat',
  youWereAdded: 'You were added to a chat.',
  someoneAddedYou: '{name} added you to a chat.',
  someoneJoined: 'Somebody joined the chat.',
  personJoined: '{name} joined the chat.',
};
