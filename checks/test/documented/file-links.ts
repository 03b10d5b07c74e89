export interface Link {
  readonly text: string;
  /** Without the part after `#`. */
  readonly target: string;
}

/** The links of a Markdown text to files beside it, with their text on one line. */
export function fileLinks(markdown: string): readonly Link[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gmu, "");
  return [...prose.matchAll(/\[([^\]]+)\]\(([^)\s]+)\)/gu)]
    .map(([, text = "", target = ""]) => ({
      text: text.replaceAll(/\s+/gu, " "),
      target: target.replace(/#.*$/u, ""),
    }))
    .filter(({ target }) => target !== "" && !/^[a-z]+:/u.test(target));
}
