import { describe, expect, it } from 'vitest';
import { alertText, selectTexts } from '../../../../src/notifications/texts/alert-text.ts';
import { en } from '../../../../src/notifications/texts/en.ts';
import { es } from '../../../../src/notifications/texts/es.ts';
import { fr } from '../../../../src/notifications/texts/fr.ts';
import { nl } from '../../../../src/notifications/texts/nl.ts';
import { sv } from '../../../../src/notifications/texts/sv.ts';
import { zh } from '../../../../src/notifications/texts/zh.ts';
import { message, ring } from '../../../support/notifications.ts';

const { senderName: _, text: __, ...anonymous } = message;

describe('alertText', () => {
  it.each([
    ['en', en, 'Incoming call', 'Missed call', 'New message'],
    ['sv', sv, 'Inkommande samtal', 'Missat samtal', 'Nytt meddelande'],
    ['nl', nl, 'Inkomende oproep', 'Gemiste oproep', 'Nieuw bericht'],
    ['fr', fr, 'Appel entrant', 'Appel manqué', 'Nouveau message'],
    ['es', es, 'Llamada entrante', 'Llamada perdida', 'Mensaje nuevo'],
    ['zh', zh, '来电', '未接来电', '新消息'],
  ])('uses the texts of %s', (_language, texts, incoming, missed, newMessage) => {
    expect(alertText(ring, texts)).toEqual({ title: 'Ben', body: incoming });
    expect(alertText({ ...ring, kind: 'missed-call' }, texts)).toEqual({ title: 'Ben', body: missed });
    expect(alertText({ ...anonymous, senderName: 'Ben' }, texts)).toEqual({ title: 'Ben', body: newMessage });
  });

  it('shows the parts of a message that the policy allows', () => {
    expect(alertText(message, en)).toEqual({ title: 'Ben', body: 'How is the knee?' });
    expect(alertText({ ...anonymous, text: 'Hi' }, en)).toEqual({ title: 'New message', body: 'Hi' });
    expect(alertText(anonymous, en)).toEqual({ title: 'New message', body: 'Open the app to read it.' });
  });

  it('says that a message was edited', () => {
    const edited = { ...anonymous, kind: 'chat-message-edited' } as const;
    expect(alertText({ ...edited, senderName: 'Ben' }, en)).toEqual({ title: 'Ben', body: 'Edited message' });
    expect(alertText(edited, en)).toEqual({ title: 'Edited message', body: 'Open the app to read it.' });
  });

  it.each([
    [{ recipientIsAdded: true, senderName: 'Ben' }, 'Ben added you to a chat.'],
    [{ recipientIsAdded: true }, 'You were added to a chat.'],
    [{ recipientIsAdded: false, addedName: 'Cleo' }, 'Cleo joined the chat.'],
    [{ recipientIsAdded: false }, 'Somebody joined the chat.'],
    [{ recipientIsAdded: true, senderName: '$& $1 {name}' }, '$& $1 {name} added you to a chat.'],
    [{ recipientIsAdded: false, addedName: '$&' }, '$& joined the chat.'],
  ])('names the added user for %j', (who, body) => {
    const added = { ...anonymous, kind: 'chat-added', ...who } as const;
    expect(alertText(added, en)).toEqual({ title: 'Chat', body });
    expect(alertText({ ...added, topic: 'Knee' }, en)).toEqual({ title: 'Knee', body });
  });
});

describe('selectTexts', () => {
  it.each([
    ['sv', 'en', 'Missat samtal'],
    ['sv-SE', 'en', 'Missat samtal'],
    ['FR-ca', 'en', 'Appel manqué'],
    ['zh-Hans-CN', 'en', '未接来电'],
    ['zh', 'en', '未接来电'],
    ['de-AT', 'nl', 'Gemiste oproep'],
    ['de-AT', 'es-MX', 'Llamada perdida'],
    [undefined, 'sv', 'Missat samtal'],
    [undefined, 'de', 'Missed call'],
    ['', 'de', 'Missed call'],
    ['svx', 'en', 'Missed call'],
  ])('selects the texts for locale %s with default %s', (locale, defaultLocale, missedCall) => {
    expect(selectTexts(locale, defaultLocale).missedCall).toBe(missedCall);
  });
});
