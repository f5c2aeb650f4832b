/** What may stand in an element. */
export type Child = Node | string | undefined | false;

type Attribute = string | number | boolean | undefined | ((event: Event) => void);

/**
 * Makes an element. Texts become text nodes, never markup. A function is a listener for the event its name says
 * (`click`); true and false set and leave out an attribute.
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
