export interface Link {
  readonly text: string;
  /** Without the part after `#`; empty for a place in the same file. */
  readonly target: string;
  /** The part after `#`; empty where there is none. */
  readonly anchor: string;
}

/** The links and pictures of a Markdown text that lead to places in it or to files beside it, with their text on one line. */
export function fileLinks(markdown: string): readonly Link[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gmu, "");
  const links = [
    ...prose.matchAll(/\[([^\]]+)\]\(([^)\s]+)\)/gu),
    ...prose.matchAll(/^\[([^\]]+)\]: (\S+)/gmu),
    ...prose.matchAll(/<[^>]*\b(href|src|srcset)="([^"]+)"/gu),
  ];
  return links
    .map(([, text = "", address = ""]) => {
      const [target = "", anchor = ""] = address.split("#", 2);
      return { text: text.replaceAll(/\s+/gu, " "), target, anchor };
    })
    .filter(({ target }) => !/^[a-z]+:/u.test(target));
}
