import { describe, expect, it } from 'vitest';
import { createReference } from '../../../src/telemetry/references.ts';

const reference = createReference('hub key');

describe('createReference', () => {
  it('returns the same reference for the same ids, which does not reveal them', () => {
    expect(reference('call', 'call-1')).toBe('c-Sr4cYHxKCHxnxBpD');
    expect(reference('message', 't', '1')).toBe('m-QOATF22goridpBnO');
    expect(createReference('hub key')('call', 'call-1')).toBe('c-Sr4cYHxKCHxnxBpD');
  });

  it('returns different references for other ids, other kinds and other keys', () => {
    const all = [
      reference('call', 'a'),
      reference('thread', 'a'),
      reference('message', 'a', 'b'),
      reference('message', 'ab', ''),
      reference('message', 'a","b'),
      createReference('other key')('call', 'a'),
    ].map((text) => text.slice(2));
    expect(new Set(all).size).toBe(6);
  });

  it.each([
    ['call', /^c-[\w-]{16}$/],
    ['message', /^m-[\w-]{16}$/],
    ['thread', /^t-[\w-]{16}$/],
    ['device', /^d-[\w-]{16}$/],
  ] as const)('starts with the letter of the kind %s', (kind, form) => {
    expect(reference(kind, 'x')).toMatch(form);
  });
});
