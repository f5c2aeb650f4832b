import { expect, it } from 'vitest';
import { readCallPayload } from '../../../src/notifications/map-event.ts';

const segment = (json: string) => Buffer.from(json).toString('base64url');

it('takes the cc claim of the second segment', () => {
  expect(readCallPayload(`e30.${segment('{"cc":"H4sI+/=","shrToken":"s"}')}.sig`)).toBe('H4sI+/=');
  expect(readCallPayload(`e30.${segment('{"cc":"å?>~"}')}`)).toBe('å?>~');
});

it.each([
  ['nothing', undefined],
  ['an empty text', ''],
  ['one segment', 'abc'],
  ['an empty second segment', 'abc..x'],
  ['a segment that is no JSON', 'a.!!!.c'],
  ['claims that are no object', `a.${segment('7')}.c`],
  ['claims without cc', `a.${segment('{"shrToken":"s"}')}.c`],
  ['an empty cc', `a.${segment('{"cc":""}')}.c`],
  ['a cc that is no text', `a.${segment('{"cc":7}')}.c`],
])('reads nothing from %s', (_, context) => {
  expect(readCallPayload(context)).toBeUndefined();
});
