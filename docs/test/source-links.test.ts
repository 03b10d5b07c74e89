import { existsSync } from "node:fs";
import { join } from "node:path";
import type { SiteConfig } from "vitepress";
import { resolveConfig } from "vitepress";
import { beforeAll, expect, test } from "vitest";
import { sourceLinks } from "../src/source-links.ts";

const root = join(import.meta.dirname, "..");
const repository = "https://github.com/acme/sync-logs";
const { editLink, socialLinks } = sourceLinks(`${repository}/tree/main/packages/client#readme`);
let site: SiteConfig;

beforeAll(async () => {
  site = await resolveConfig(root, "build");
});

/** Where the link below a page leads, as VitePress makes it; undefined where there is none. */
async function editAddress(page: string): Promise<string | undefined> {
  const data = { relativePath: site.rewrites.map[page] ?? page, frontmatter: {} };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the hook reads nothing else
  const changed = await site.transformPageData?.(data as never, { siteConfig: site });
  const pattern = editLink?.pattern;
  if (changed?.frontmatter?.["editLink"] === false || typeof pattern !== "string") return undefined;
  return pattern.replaceAll(":path", page);
}

test("each page that is written by hand can be edited where it lies in the repository", async () => {
  const addresses = await Promise.all(site.pages.map(editAddress));
  const files = addresses.flatMap(
    (address) => address?.replace(`${repository}/edit/main/`, "") ?? [],
  );
  expect(files).toContain("docs/guides/keys.md");
  expect(files.filter((file) => !existsSync(join(root, "..", file)))).toEqual([]);
});

test("what is generated has no link to edit it", async () => {
  expect(site.pages).toContain("generated/api.md");
  expect(await editAddress("generated/api.md")).toBeUndefined();
});

test("the repository is linked once it has an address, and nothing before", () => {
  expect(socialLinks).toEqual([{ icon: "github", link: repository }]);
  expect(sourceLinks(undefined)).toEqual({});
});
