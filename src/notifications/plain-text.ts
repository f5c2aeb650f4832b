const blockTag = /<\/?(?:p|div|br|li|ul|ol|tr|td|th|table|h[1-6]|blockquote|pre|hr)\b[^<>]*>/gi;

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

/**
 * Extracts the words of an HTML chat message for a lock screen. Block tags become spaces, other tags are removed, common
 * entities are decoded, and white space is collapsed. This is not a renderer: it never interprets markup.
 */
export function plainText(html: string): string {
  return html
    .replace(blockTag, ' ')
    .replace(/<\/?[a-z!][^<>]*>/gi, '')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{1,8}));/gi, (whole, decimal, hex, name) => {
      if (name !== undefined) return entities.get(name.toLowerCase()) ?? whole;
      const codePoint = decimal === undefined ? Number.parseInt(hex, 16) : Number.parseInt(decimal, 10);
      const isScalar = codePoint > 0 && codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff);
      return isScalar ? String.fromCodePoint(codePoint) : whole;
    })
    .replace(/\s+/g, ' ')
    .trim();
}
