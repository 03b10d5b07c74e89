import type { DefaultTheme } from "vitepress";

/** Puts the status of an error into its heading, by which a search for `401` finds it first; the anchor stays. */
export function withStatuses(markdown: string): string {
  return markdown.replaceAll(
    /^### `(\w+)`(?=\n\n`\w+`, status (\w+))/gmu,
    (_, code: string, status: string) => `### \`${code}\` ${status} {#${code}}`,
  );
}

/**
 * The search of the site. Headings count more than texts, pages more than their sections, whole words more than similar ones, and
 * what people wrote more than lists of everything. Its functions run in the browser by their source: they refer to nothing outside.
 */
export const search: DefaultTheme.Config["search"] = {
  provider: "local",
  options: {
    detailedView: true,
    _render: (source, env, md) =>
      md.render(env.relativePath === "guides/errors.md" ? withStatuses(source) : source, env),
    miniSearch: {
      searchOptions: {
        boost: { title: 8, titles: 4, text: 1 },
        weights: { prefix: 0.7, fuzzy: 0.1 },
        prefix: true,
        fuzzy: (term: string) => (/\d/u.test(term) ? false : 0.15),
        processTerm: (term: string) =>
          /^(?:an?|are|can|do|does|for|how|in|is|it|my|of|the|to|we|what|with|i)$/iu.test(term)
            ? null
            : term.toLowerCase(),
        boostDocument: (id: string, _term: string, stored?: Record<string, unknown>) =>
          (/\/reference\/(?:packages|assumptions)\b/u.test(id) ? 0.2 : 1) *
          (Array.isArray(stored?.["titles"]) && stored["titles"].length === 0 ? 2 : 1),
      },
    },
  },
};
