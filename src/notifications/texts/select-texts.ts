import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { nl } from './nl.ts';
import { sv } from './sv.ts';
import type { Texts } from './texts.ts';
import { zh } from './zh.ts';

const languages: ReadonlyMap<string, Texts> = new Map([
  ['en', en],
  ['sv', sv],
  ['nl', nl],
  ['fr', fr],
  ['es', es],
  ['zh', zh],
]);

/**
 * The texts for a device: its BCP 47 locale shortened part by part (`zh-Hans-CN`, `zh-Hans`, `zh`), then the default
 * locale in the same way, then English.
 */
export function selectTexts(locale: string | undefined, defaultLocale: string): Texts {
  return lookup(locale) ?? lookup(defaultLocale) ?? en;
}

function lookup(locale: string | undefined): Texts | undefined {
  let tag = locale?.toLowerCase() ?? '';
  while (tag !== '') {
    const texts = languages.get(tag);
    if (texts !== undefined) return texts;
    tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')));
  }
  return undefined;
}
