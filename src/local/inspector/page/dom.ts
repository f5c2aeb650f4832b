/** An element of index.html. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element #${id}.`);
  return element;
}

type Attribute = string | number | boolean | undefined | ((event: Event) => void);

type Child = Node | string | undefined | false;

/**
 * Creates an element. Strings become text nodes, never markup. A function is a listener for the event of its name
 * (`click`). True sets an attribute, false omits it.
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

const shapes = {
  call: 'M5 3h3l1.5 4-2 1.5a11 11 0 0 0 4 4l1.5-2 4 1.5v3a1.5 1.5 0 0 1-1.6 1.5A13.5 13.5 0 0 1 3.5 4.6 1.5 1.5 0 0 1 5 3z',
  chat: 'M3 4.5h14v9H9l-4 3v-3H3z',
  trouble: 'M10 3l8 14H2zM10 8v4M10 14.4v.2',
  apple:
    'M6 2.5h8a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 16V4A1.5 1.5 0 0 1 6 2.5zM8.5 4.5h3',
  android:
    'M6 2.5h8a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5H6A1.5 1.5 0 0 1 4.5 16V4A1.5 1.5 0 0 1 6 2.5zM10 4.6v.1M8 15.5h4',
  sun: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4',
  hangUp: 'M3 12.5c4-4 10-4 14 0l-2 2-3-1.2v-2.1a8 8 0 0 0-4 0v2.1L5 14.500z',
} as const;

type IconName = keyof typeof shapes;

/** A line drawing in the colour of the text, hidden from screen readers. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', shapes[name]);
  svg.append(path);
  return svg;
}

/** A camel case name that may wrap between its words. */
export function breakable(name: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const word of name.split(/(?<=[a-z])(?=[A-Z])/)) fragment.append(el('wbr'), word);
  return fragment;
}

/** One child of a container that is rendered repeatedly. */
export interface Keyed {
  readonly key: string;
  /** Everything that affects its appearance: it is rebuilt only when this changes. */
  readonly signature: string;
  readonly build: () => HTMLElement;
}

const signatures = new WeakMap<Element, string>();

/**
 * Makes `items` the children of a container. Keeps unchanged children, and restores the focus to the element with the
 * same `data-focus`.
 */
export function renderKeyed(container: HTMLElement, items: readonly Keyed[]): void {
  const active = document.activeElement;
  const focused = container.contains(active) ? active?.getAttribute('data-focus') : undefined;
  const before = new Map([...container.children].map((child) => [child.getAttribute('data-key'), child]));
  const after = items.map(({ key, signature, build }) => {
    const kept = before.get(key);
    if (kept !== undefined && signatures.get(kept) === signature) return kept;
    const built = build();
    built.setAttribute('data-key', key);
    signatures.set(built, signature);
    return built;
  });
  const wanted = new Set<Element>(after);
  for (const child of [...container.children]) if (!wanted.has(child)) child.remove();
  for (const [index, child] of after.entries()) {
    const there = container.children[index];
    if (there !== child) container.insertBefore(child, there ?? null);
  }
  if (typeof focused === 'string' && !container.contains(document.activeElement)) {
    const again = [...container.querySelectorAll('[data-focus]')].find(
      (element) => element.getAttribute('data-focus') === focused,
    );
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  }
}

const texts = new WeakMap<object, string>();

/** The JSON of an immutable value, computed once: derived values stay the same as long as the journal. */
export function jsonOf(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  texts.set(value, text);
  return text;
}
