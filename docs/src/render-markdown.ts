import { Marked } from "marked";
import { createHighlighter } from "shiki";
import { escapeHtml } from "./escape-html.ts";

/** Turns a relative link of the Markdown into one of the site; throws for one that leads nowhere. */
export type ResolveLink = (href: string) => string;

/** Renders Markdown to HTML. */
export type RenderMarkdown = (markdown: string, resolveLink: ResolveLink) => string;

const languages = ["ts", "js", "sh", "json", "yaml", "html"];
const themes = {
  light: "github-light-high-contrast",
  dark: "github-dark-high-contrast",
} as const;

/** `Retry-After in dates` → `retry-after-in-dates`, as GitHub makes the anchors of headings. */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, "")
    .trim()
    .replace(/\s/gu, "-");
}

/** A renderer with highlighted code and headings that can be linked to. */
export async function createMarkdownRenderer(): Promise<RenderMarkdown> {
  const highlighter = await createHighlighter({ langs: languages, themes: Object.values(themes) });
  return (markdown, resolveLink) => {
    const marked = new Marked({
      renderer: {
        code({ text, lang = "" }) {
          if (!languages.includes(lang)) {
            return `<pre class="plain" tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`;
          }
          return highlighter.codeToHtml(text, { lang, themes, defaultColor: "light-dark()" });
        },
        heading({ tokens, depth, text }) {
          const inner = this.parser.parseInline(tokens);
          return `<h${depth} id="${headingId(text)}">${inner}</h${depth}>\n`;
        },
        link({ href, tokens }) {
          const inner = this.parser.parseInline(tokens);
          const isRelative = !/^(?:[a-z]+:|#)/u.test(href);
          return `<a href="${escapeHtml(isRelative ? resolveLink(href) : href)}">${inner}</a>`;
        },
        table(token) {
          const head = token.header.map(
            (cell) => `<th scope="col">${this.parser.parseInline(cell.tokens)}</th>`,
          );
          const rows = token.rows.map(
            (row) =>
              `<tr>${row.map((cell) => `<td>${this.parser.parseInline(cell.tokens)}</td>`).join("")}</tr>`,
          );
          return `<div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>\n`;
        },
      },
    });
    return marked.parse(markdown, { async: false });
  };
}
