import { describe, expect, it } from 'vitest';
import { plainText } from '../../../src/notifications/plain-text.ts';

describe('plainText', () => {
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
    ['fill in the <a href="x">form</a>.', 'fill in the form.'],
    ['a < b and c > d', 'a < b and c > d'],
    ['<div>a</div><div>b</div>', 'a b'],
    ['<!-- note -->x', 'x'],
    ['<h1>Results</h1>all<h6 class="small">good</h6>now', 'Results all good now'],
    ['one<p class="next">two', 'one two'],
    ['&#1114111;&#1114112;', '\u{10ffff}&#1114112;'],
    ['&#xDFFF;&#xE000;', '&#xDFFF;\ue000'],
  ])('turns %j into %j', (html, text) => {
    expect(plainText(html)).toBe(text);
  });

  it.each([
    ['<', 100_000],
    ['<p', 50_000],
    ['<a>', 33_000],
    ['&#1', 30_000],
  ])('takes less than a second for many %j', (text, count) => {
    const started = performance.now();
    plainText(text.repeat(count));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
