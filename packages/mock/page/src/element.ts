type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** Creates an element; an attribute that is false or undefined is left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    created.setAttribute(key, value === true ? "" : value);
  }
  created.append(...children);
  return created;
}

/** Creates a button. */
export function button(
  label: string,
  onPress: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const created = element("button", { type: "button", class: "button", ...attributes }, label);
  created.addEventListener("click", onPress);
  return created;
}

/** The element of the page with this id. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${kind.name} #${id}.`);
}

/** Sets the text of an element only if it differs, so that assistive technology announces only changes. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
