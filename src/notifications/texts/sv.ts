import type { Texts } from './texts.ts';

/** Swedish texts. */
export const sv: Texts = {
  unknownCaller: 'Okänd uppringare',
  incomingCall: 'Inkommande samtal',
  missedCall: 'Missat samtal',
  newMessage: 'Nytt meddelande',
  editedMessage: 'Redigerat meddelande',
  openApp: 'Öppna appen för att läsa det.',
  chat: 'Chatt',
  youWereAdded: 'Du har lagts till i en chatt.',
  someoneAddedYou: '{name} lade till dig i en chatt.',
  someoneJoined: 'Någon gick med i chatten.',
  personJoined: '{name} gick med i chatten.',
};
