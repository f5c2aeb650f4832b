import { describe, expect, it } from 'vitest';
import { similarSetting, warnAboutUnknownSettings } from '../../../src/config/unknown-settings.ts';

describe('warnAboutUnknownSettings', () => {
  it('warns about a name that looks like a misspelled setting, unless that setting is set', () => {
    const env = { RING_SECOND: '30', PATH: '/bin', CHAT_CONTENTS: 'none', CHAT_CONTENT: 'none' };
    expect(warnAboutUnknownSettings(env)).toEqual([
      'Unknown setting RING_SECOND. Did you mean RING_SECONDS?',
    ]);
  });
});

describe('similarSetting', () => {
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
  ])('takes %s for %s', (name, meant) => {
    expect(similarSetting(name, known)).toBe(meant);
  });

  it('picks the closest of several names', () => {
    expect(similarSetting('ABCDEF', ['ABCXYF', 'ABCDEX'])).toBe('ABCDEX');
    expect(similarSetting('ABCDEF', ['ABCDEX', 'ABCXYF'])).toBe('ABCDEX');
  });
});
