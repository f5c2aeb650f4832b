import { el } from './el.ts';

/** A name in camel case that may break before each of its words. */
export function breakable(name: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const word of name.split(/(?<=[a-z])(?=[A-Z])/)) fragment.append(el('wbr'), word);
  return fragment;
}
