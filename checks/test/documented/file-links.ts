export interface Link {
  readonly text: string;
  /** Without the part after `#`. */
  readonly target: string;
}

/** The links and pictures of a Markdown text that are files beside it, with their text on one line. */
export function fileLinks(markdown: string): readonly Link[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gmu, "");
  const links = [
    ...prose.matchAll(/\[([^\]]+)\]\(([^)\s]+)\)/gu),
    ...prose.matchAll(/^\[([^\]]+)\]: (\S+)/gmu),
    ...prose.matchAll(/<[^>]*\b(href|src|srcset)="([^"]+)"/gu),
  ];
  return links
    .map(([, text = "", target = ""]) => ({
      text: text.replaceAll(/\s+/gu, " "),
      target: target.replace(/#.*$/u, ""),
    }))
    .filter(({ target }) => target !== "" && !/^[a-z]+:/u.test(target));
}
