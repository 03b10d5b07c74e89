import { button, element, setText } from "./element.ts";

const shownMs = 1500;

/** A text that is shown whole, with a button that copies it. */
export interface Copyable {
  readonly parts: readonly [text: HTMLElement, button: HTMLButtonElement];
  readonly set: (text: string) => void;
}

/** @param what - What the text is, for assistive technology. */
export function createCopyable(what: string, news: Element): Copyable {
  const code = element("code", {});
  const copy = button("Copy", () => void copyText(code, copy, what, news), {
    class: "button small",
    "aria-label": `Copy ${what}`,
  });
  return { parts: [code, copy], set: (text) => setText(code, text) };
}

async function copyText(
  code: HTMLElement,
  copy: HTMLButtonElement,
  what: string,
  news: Element,
): Promise<void> {
  try {
    await navigator.clipboard.writeText(code.textContent);
    setText(copy, "Copied");
    setText(news, `Copied ${what}.`);
  } catch {
    // Under another name than localhost a page over HTTP has no clipboard.
    getSelection()?.selectAllChildren(code);
    setText(copy, "Selected");
    setText(news, `Selected ${what}.`);
  }
  setTimeout(() => setText(copy, "Copy"), shownMs);
}
