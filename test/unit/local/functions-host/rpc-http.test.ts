import { describe, expect, it } from 'vitest';
import { serializeCookie } from '../../../../src/local/functions-host/rpc-http.ts';

describe('serializeCookie', () => {
  it('writes only the attributes that are set', () => {
    expect(serializeCookie({ name: 'a', value: '1', sameSite: 'none' })).toBe('a=1; path=/');
    expect(
      serializeCookie({ name: 'a', value: '1', sameSite: 'explicitNone', secure: { value: false } }),
    ).toBe('a=1; path=/; samesite=none');
  });
});
