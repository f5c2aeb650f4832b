import { el } from '../el.ts';

const tokens = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

/** A JSON value, indented and coloured; a text that is no JSON as it is. Every piece is a text node. */
export function buildJson(value: unknown, label: string): HTMLElement {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
  const code = el('code');
  let end = 0;
  for (const match of typeof value === 'string' ? [] : text.matchAll(tokens)) {
    const [all, string, colon, number] = match;
    code.append(text.slice(end, match.index));
    end = match.index + all.length;
    if (string !== undefined) {
      code.append(
        el('span', { class: colon === undefined ? 'json-text' : 'json-name' }, string),
        colon ?? '',
      );
    } else {
      code.append(el('span', { class: number === undefined ? 'json-word' : 'json-number' }, all));
    }
  }
  code.append(text.slice(end));
  return el('pre', { class: 'json', tabindex: 0, role: 'region', 'aria-label': label }, code);
}
