import type { Texts } from './texts.ts';

/** Dutch texts. */
export const nl: Texts = {
  unknownCaller: 'Onbekende beller',
  incomingCall: 'Inkomende oproep',
  missedCall: 'Gemiste oproep',
  newMessage: 'Nieuw bericht',
  editedMessage: 'Bewerkt bericht',
  openApp: 'Open de app om het te lezen.',
  chat: 'Chat',
  youWereAdded: 'Je bent toegevoegd aan een chat.',
  someoneAddedYou: '{name} heeft je toegevoegd aan een chat.',
  someoneJoined: 'Iemand neemt nu deel aan de chat.',
  personJoined: '{name} neemt nu deel aan de chat.',
};
