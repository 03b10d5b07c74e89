import { dirname, join, normalize, relative } from "node:path/posix";
import { pages } from "./pages.ts";
import type { Page } from "./pages.ts";

/**
 * The link from one page to the page made of the Markdown file that `href` names; links inside the workspace that are not
 * part of the site go to the page's own text, so that nothing in the site leads nowhere. Throws when the target is unknown.
 */
export function resolveLink(
  from: Page,
  href: string,
  fileExists: (path: string) => boolean,
): string {
  const [target = "", anchor] = href.split("#", 2);
  const source = normalize(join(dirname(from.markdown ?? "."), target));
  const page =
    pages.find(({ markdown }) => markdown === source) ??
    pages.find(({ path }) => normalize(join("guides", target)) === path || target === path);
  if (page === undefined) {
    const hint = fileExists(source)
      ? "is not a page of the site: link to a page, or name the file as code"
      : "does not exist";
    throw new Error(`${from.markdown ?? from.path}: the link target ${href} ${hint}.`);
  }
  const path = relative(dirname(from.path), page.path);
  return anchor === undefined ? path : `${path}#${anchor}`;
}
