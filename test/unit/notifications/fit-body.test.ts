import { describe, expect, it } from 'vitest';
import { RelayError } from '../../../src/errors/errors.ts';
import { cutText, fitBody } from '../../../src/notifications/fit-body.ts';

const family = '👩‍👩‍👧‍👦';

describe('cutText', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abc', 4, 'abc'],
    ['abc', 2, 'ab…'],
    ['abc', 0, '…'],
    ['', 0, ''],
    [`a${family}b`, 2, `a${family}…`],
    [`a${family}b`, 1, 'a…'],
    ['e\u0301e\u0301', 1, 'e\u0301…'],
    ['🇸🇪🇳🇱', 1, '🇸🇪…'],
    ['क्षि', 1, 'क्षि'],
  ])('cuts %j to %i graphemes', (text, graphemes, cut) => {
    expect(cutText(text, graphemes)).toBe(cut);
  });

  it('leaves out a grapheme that exceeds the window', () => {
    expect(cutText(`ab${'\u0301'.repeat(10_000)}`, 3)).toBe('a…');
  });
});

describe('fitBody', () => {
  it('leaves a body that fits unchanged', () => {
    const parts = { title: 'T', body: 'B', name: 'N', callPayload: 'C' };
    expect(fitBody(parts, JSON.stringify)).toBe('{"title":"T","body":"B","name":"N","callPayload":"C"}');
  });

  it('fills all 4,096 bytes and cuts from 4,097 on', () => {
    const frame = '{"body":""}'.length;
    const exact = JSON.stringify({ body: 'x'.repeat(4096 - frame) });
    expect(fitBody({ body: 'x'.repeat(4096 - frame) }, ({ body }) => JSON.stringify({ body }))).toBe(exact);
    const cut = fitBody({ body: 'x'.repeat(4097 - frame) }, ({ body }) => JSON.stringify({ body }));
    expect(cut).toBe(JSON.stringify({ body: `${'x'.repeat(4096 - frame - 3)}…` }));
  });

  it('cuts the text before the names', () => {
    const fitted = JSON.parse(
      fitBody({ title: 'Ben', name: 'Ben', body: 'é'.repeat(50_000) }, JSON.stringify),
    );
    expect(fitted.title).toBe('Ben');
    expect(fitted.name).toBe('Ben');
    expect(fitted.body).toMatch(/^é{2010,2040}…$/);
  });

  it('cuts the names before it omits the call payload', () => {
    const fitted = JSON.parse(
      fitBody(
        { title: 'n'.repeat(9000), name: 'n'.repeat(9000), callPayload: 'C'.repeat(3000) },
        JSON.stringify,
      ),
    );
    expect(fitted.callPayload).toHaveLength(3000);
    expect(fitted.name).toMatch(/^n{500,530}…$/);
    expect(fitted.title).toBe(fitted.name);
  });

  it('omits a call payload that is too large on its own', () => {
    const fitted = fitBody({ name: 'Ben', callPayload: 'C'.repeat(5000) }, JSON.stringify);
    expect(fitted).toBe('{"name":"Ben"}');
  });

  it('replaces unpaired surrogates with U+FFFD', () => {
    expect(fitBody({ title: 'a\ud83d', body: '\ude00b', name: 'c\ud83d' }, JSON.stringify)).toBe(
      '{"title":"a\ufffd","body":"\ufffdb","name":"c\ufffd"}',
    );
  });

  it('throws EVENT_PAYLOAD_TOO_LARGE when the uncuttable part exceeds the limit', () => {
    const id = 'i'.repeat(5000);
    const fit = () => fitBody({ body: 'x' }, ({ body }) => JSON.stringify({ id, body }));
    expect(fit).toThrow(RelayError);
    expect(fit).toThrow('The push would have 5020 bytes; the limit is 4096.');
  });
});
