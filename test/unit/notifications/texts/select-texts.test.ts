import { expect, it } from 'vitest';
import { selectTexts } from '../../../../src/notifications/texts/alert-text.ts';

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
])('locale %s with default %s', (locale, defaultLocale, missedCall) => {
  expect(selectTexts(locale, defaultLocale).missedCall).toBe(missedCall);
});
