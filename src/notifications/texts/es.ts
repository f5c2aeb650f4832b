import type { Texts } from './texts.ts';

/** Spanish texts. */
export const es: Texts = {
  unknownCaller: 'Llamante desconocido',
  incomingCall: 'Llamada entrante',
  missedCall: 'Llamada perdida',
  newMessage: 'Mensaje nuevo',
  editedMessage: 'Mensaje editado',
  openApp: 'Abre la aplicación para leerlo.',
  chat: 'Chat',
  youWereAdded: 'Te han añadido a un chat.',
  someoneAddedYou: '{name} te ha añadido a un chat.',
  someoneJoined: 'Alguien se ha unido al chat.',
  personJoined: '{name} se ha unido al chat.',
};
