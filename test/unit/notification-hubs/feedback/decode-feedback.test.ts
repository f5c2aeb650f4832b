import { describe, expect, it } from 'vitest';
import { decodeFeedback } from '../../../../src/notification-hubs/feedback/feedback-document.ts';

const text = '<?xml version="1.0" encoding="utf-16"?><PnsFeedback>å</PnsFeedback>';
const utf16be = (value: string) => Buffer.from(value, 'utf16le').swap16();

describe('decodeFeedback', () => {
  it('reads UTF-8, whatever is declared, with and without its mark', () => {
    expect(decodeFeedback(Buffer.from(text))).toBe(text);
    expect(decodeFeedback(Buffer.from(`\uFEFF${text}`))).toBe(text);
  });

  it('reads UTF-16 of both orders, with and without its mark', () => {
    expect(decodeFeedback(Buffer.from(text, 'utf16le'))).toBe(text);
    expect(decodeFeedback(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toBe(text);
    expect(decodeFeedback(utf16be(text))).toBe(text);
    expect(decodeFeedback(utf16be(`\uFEFF${text}`))).toBe(text);
  });

  it('reads UTF-16 that begins in the middle of a character', () => {
    const ascii = text.replace('å', 'a');
    expect(decodeFeedback(Buffer.from(ascii, 'utf16le').subarray(1))).toBe(`${ascii.slice(1)}\uFFFD`);
    expect(decodeFeedback(utf16be(ascii).subarray(1))).toBe(`${ascii.slice(0, -1)}\uFFFD`);
  });

  it('reads what is no text without failing', () => {
    expect(decodeFeedback(new Uint8Array())).toBe('');
    expect(decodeFeedback(Uint8Array.of(0xff, 0xfe, 0x41))).toBe('\uFFFD\uFFFDA');
    expect(decodeFeedback(Uint8Array.of(0, 0, 0, 0))).toBe('\0\0');
  });
});
