import { describe, expect, it } from 'vitest';
import { createSasTokenCache } from '../../../src/notification-hubs/sas-token.ts';

const connection = { endpoint: 'https://contoso.servicebus.windows.net', keyName: 'Sender', key: 'a2V5' };

const expiryOf = (token: string): string | null => new URLSearchParams(token.split(' ')[1]).get('se');

describe('createSasTokenCache', () => {
  it('keeps a token for half an hour and renews it half an hour before it ends', () => {
    let nowMs = 1_795_305_600_999;
    const token = createSasTokenCache(connection, () => nowMs);
    const first = token();
    expect(expiryOf(first)).toBe('1795309200');
    nowMs = 1_795_307_400_998;
    expect(token()).toBe(first);
    nowMs = 1_795_307_400_999;
    expect(expiryOf(token())).toBe('1795311000');
  });

  it('signs anew after the clock was set back, so that no token lives longer than an hour', () => {
    let nowMs = 1_795_305_600_000;
    const token = createSasTokenCache(connection, () => nowMs);
    expect(expiryOf(token())).toBe('1795309200');
    nowMs = 1_795_305_599_999;
    expect(expiryOf(token())).toBe('1795309199');
  });

  it('keeps connections apart', () => {
    const a = createSasTokenCache(connection, () => 1_795_305_600_000);
    const b = createSasTokenCache({ ...connection, key: 'b2V5' }, () => 1_795_305_600_000);
    expect(a()).not.toBe(b());
  });
});
