import { escapeHtml } from "./escape-html.ts";
import { pages } from "./pages.ts";
import type { Page } from "./pages.ts";

/** What a page is framed with, besides its body. */
export interface Frame {
  readonly specVersion: string;
  readonly specSha256: string;
}

/** The way from a page back to the site's root: `""`, or `"../"` for each folder it lies in. */
export function rootPath(page: Page): string {
  return "../".repeat(page.path.split("/").length - 1);
}

function navigation(current: Page): string {
  const root = rootPath(current);
  return (["Overview", "Guides", "Reference"] as const)
    .map((section) => {
      const links = pages
        .filter((page) => page.section === section)
        .map(
          (page) =>
            `<li><a href="${root}${page.path}"${page === current ? ' aria-current="page"' : ""}>${escapeHtml(page.navTitle)}</a></li>`,
        );
      return `<p class="section">${section}</p><ul>${links.join("")}</ul>`;
    })
    .join("");
}

/** The head that every page shares; nothing in it leaves the site. */
export function pageHead(page: Page, styleSheet: string): string {
  const title = page.path === "index.html" ? page.title : `${page.title} · Qontext sync logs`;
  return `<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${rootPath(page)}assets/${styleSheet}">`;
}

/** A whole page; it works from a file, without a server and without scripts. */
export function renderPage(page: Page, body: string, { specVersion, specSha256 }: Frame): string {
  return `<!doctype html>
<html lang="en">
<head>
${pageHead(page, "style.css")}
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header><a class="home" href="${rootPath(page)}index.html">Qontext sync logs</a></header>
<div class="columns">
<nav aria-label="Pages"><details><summary>Pages</summary>${navigation(page)}</details></nav>
<main id="main" tabindex="-1">
${body}
</main>
</div>
<footer>Built from OpenAPI document ${escapeHtml(specVersion)} <code>${escapeHtml(specSha256.slice(0, 12))}</code></footer>
</body>
</html>
`;
}
