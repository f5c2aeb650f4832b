import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSasToken } from '../../../src/notification-hubs/request.ts';

/** Checks a token as a hub would, with another implementation of HMAC than the one that signed. */
const verify = async (token: string, key: string): Promise<boolean> => {
  const fields = new Map(
    token
      .slice('SharedAccessSignature '.length)
      .split('&')
      .map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)] as const),
  );
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const utf8 = new TextEncoder();
  const imported = await crypto.subtle.importKey('raw', utf8.encode(key), algorithm, false, ['verify']);
  const signature = Buffer.from(decodeURIComponent(fields.get('sig') ?? ''), 'base64');
  return crypto.subtle.verify(
    'HMAC',
    imported,
    signature,
    utf8.encode(`${fields.get('sr')}\n${fields.get('se')}`),
  );
};

describe('createSasToken for any key', () => {
  it('always verifies, with the key as UTF-8 bytes, and fits into a header', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.webAuthority(),
        text,
        text,
        fc.integer({ min: 0, max: 4_102_444_800 }),
        async (authority, keyName, key, expiresAtSeconds) => {
          const token = createSasToken({ endpoint: `https://${authority}`, keyName, key }, expiresAtSeconds);
          expect(await verify(token, key)).toBe(true);
          expect(await verify(token, `${key}x`)).toBe(false);
          expect(token).toMatch(/^SharedAccessSignature [\x21-\x7e]+$/);
          const fields = new URLSearchParams(token.replace('SharedAccessSignature ', ''));
          expect(fields.get('sr')).toBe(`https://${authority}/`.toLowerCase());
          expect(fields.get('se')).toBe(String(expiresAtSeconds));
          expect(fields.get('skn')).toBe(keyName);
        },
      ),
    );
  });
});
