import type { Texts } from './texts.ts';

/** French texts. */
export const fr: Texts = {
  unknownCaller: 'Appelant inconnu',
  incomingCall: 'Appel entrant',
  missedCall: 'Appel manqué',
  newMessage: 'Nouveau message',
  editedMessage: 'Message modifié',
  openApp: 'Ouvrez l’application pour le lire.',
  chat: 'Discussion',
  youWereAdded: 'Vous avez été ajouté à une discussion.',
  someoneAddedYou: '{name} vous a ajouté à une discussion.',
  someoneJoined: 'Quelqu’un a rejoint la discussion.',
  personJoined: '{name} a rejoint la discussion.',
};
