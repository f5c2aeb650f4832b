import { expect, it } from 'vitest';
import { plainText } from '../../../src/notifications/plain-text.ts';

it.each([
  ['<p>Hello <b>Ada</b></p>', 'Hello Ada'],
  ['a<br>b\n\n c', 'a b c'],
  ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
  ['&quot;x&quot;&nbsp;&apos;y&apos;', '"x" \'y\''],
  ['&#65;&#x42;&#x1F600;', 'AB😀'],
  ['&unknown; &#0; &#xD800; &#9999999;', '&unknown; &#0; &#xD800; &#9999999;'],
  ['&AMP;', '&'],
  ['2 < 3 and no tag', '2 < 3 and no tag'],
  ['<script>alert(1)</script>', 'alert(1)'],
])('%j becomes %j', (html, text) => {
  expect(plainText(html)).toBe(text);
});

it('stays fast on text made to be slow', () => {
  expect(plainText(`${'<'.repeat(100_000)}x${'&'.repeat(100_000)}`)).toHaveLength(200_001);
});
