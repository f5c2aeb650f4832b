import { expect, it } from 'vitest';
import { createReference } from '../../../src/telemetry/references.ts';

const reference = createReference('hub key');

it('names the same thing the same, by 96 bits that do not tell the ids', () => {
  expect(reference('call', 'call-1')).toBe('c-Sr4cYHxKCHxnxBpD');
  expect(reference('message', 't', '1')).toBe('m-QOATF22goridpBnO');
  expect(createReference('hub key')('call', 'call-1')).toBe('c-Sr4cYHxKCHxnxBpD');
});

it('names other things, other kinds and other keys otherwise', () => {
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
] as const)('says that it names a %s', (kind, form) => {
  expect(reference(kind, 'x')).toMatch(form);
});
