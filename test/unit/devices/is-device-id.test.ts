import { describe, expect, it } from 'vitest';
import { isDeviceId } from '../../../src/devices/registration.ts';

describe('isDeviceId', () => {
  it.each(['a', 'iPhone-15.2_x:1', '9B4C9C8A-0F5E-4B41-8E0B-0E3A3C1F2D11', 'x'.repeat(128), '..'])(
    'takes %s',
    (id) => {
      expect(isDeviceId(id)).toBe(true);
    },
  );

  it.each(['', 'x'.repeat(129), 'a b', 'a/b', 'å', 'a\n', 'a%20b'])('refuses %j', (id) => {
    expect(isDeviceId(id)).toBe(false);
  });
});
