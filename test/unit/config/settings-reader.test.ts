import { expect, it } from 'vitest';
import { similarSetting } from '../../../src/config/settings-reader.ts';

const known = ['RING_SECONDS', 'CHAT_CONTENT', 'CHAT_TTL_SECONDS'];

it.each([
  ['RING_SECOND', 'RING_SECONDS'],
  ['ring_seconds', 'RING_SECONDS'],
  ['RINGSECONDS', 'RING_SECONDS'],
  ['RIGN_SECONDS', 'RING_SECONDS'],
  ['CHAT_CONTEXT', 'CHAT_CONTENT'],
  ['CHAT_TTL', undefined],
  ['PATH', undefined],
  ['RXXX_SECONDS', undefined],
])('%s was meant to be %s', (name, meant) => {
  expect(similarSetting(name, known)).toBe(meant);
});

it('picks the closest of several', () => {
  expect(similarSetting('ABCDEF', ['ABCXYF', 'ABCDEX'])).toBe('ABCDEX');
  expect(similarSetting('ABCDEF', ['ABCDEX', 'ABCXYF'])).toBe('ABCDEX');
});
