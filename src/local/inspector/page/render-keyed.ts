/** One child of a list that is drawn again and again. */
export interface Keyed {
  readonly key: string;
  /** Everything that decides how it looks: it is built anew only when this changes. */
  readonly signature: string;
  readonly build: () => HTMLElement;
}

const signatures = new WeakMap<Element, string>();

/**
 * Makes `items` the children of a container, keeps those that look as before, and puts the focus back to where it was:
 * on the element with the same `data-focus`.
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
