import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { openDocument, readAssumptions } from "@qontext/sync-log-document";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { describe, expect, test } from "vitest";
import { placeName } from "../src/assumptions-page.ts";
import { pages } from "../src/pages.ts";
import { resolveLink } from "../src/resolve-link.ts";
import { siteDir } from "./support/site-server.ts";

const read = (path: string): string => readFileSync(join(siteDir, path), "utf8");
const files = new Set(readdirSync(siteDir, { recursive: true, encoding: "utf8" }));

/** The addresses that a page loads or links to. Inside scripts there are none to look for. */
function addresses(html: string): readonly string[] {
  const markup = html.replaceAll(/<script>[\s\S]*?<\/script>/gu, "");
  return [...markup.matchAll(/\s(?:href|src)="([^"]*)"/gu)].map(([, address = ""]) => address);
}

describe.each(pages)("$path", ({ path, title }) => {
  test("is built and has its title", () => {
    expect(read(path)).toContain(`<title>${title}`);
  });

  test("links only to pages, anchors and files that there are", () => {
    for (const address of addresses(read(path))) {
      if (address === "data:,") continue;
      expect(address).not.toMatch(/^[a-z]+:|^\/\//u);
      // A link without an anchor asks for "undefined" below, which every page is given.
      const [target = "", anchor] = address.split("#", 2);
      const file = target === "" ? path : normalize(join(dirname(path), target));
      expect(files, `${path} → ${address}`).toContain(file);
      expect(`${read(file)} id="undefined"`).toContain(`id="${anchor}"`);
    }
  });
});

test("a link that leads nowhere stops the build, and says where it stands", () => {
  const page = pages.find(({ path }) => path === "guides/keys.html");
  if (page === undefined) throw new Error("no such page");
  expect(() => resolveLink(page, "gone.md", () => false)).toThrow(
    /keys\.md.*gone\.md.*does not exist/u,
  );
  expect(() => resolveLink(page, "../package.json", () => true)).toThrow(/not a page of the site/u);
  expect(resolveLink(page, "waiting-well.md#progress", () => true)).toBe(
    "waiting-well.html#progress",
  );
});

test("every guide is a page of the site", () => {
  const guides = readdirSync(join(siteDir, "../guides")).filter((name) => name.endsWith(".md"));
  const listed = pages.flatMap(({ markdown = "" }) => markdown.match(/(?<=^guides\/).+$/u) ?? []);
  expect(listed.toSorted()).toEqual(guides.toSorted());
});

test("every assumption of the document is listed, with its reason", () => {
  const assumptions = JSON.stringify(openapiDocument).match(/"x-assumption":/gu) ?? [];
  const listed = readAssumptions(openDocument(openapiDocument));
  expect(listed).toHaveLength(assumptions.length);
  const html = read("assumptions.html");
  for (const { pointer } of listed) expect(html).toContain(`<code>${pointer}</code>`);
  expect(placeName("#/components/schemas/SyncLog/properties/startedAt")).toBe("SyncLog.startedAt");
});

test("every error code of the client has its entry", () => {
  const errorsDir = join(siteDir, "../../packages/client/src/errors");
  const codes = readdirSync(errorsDir)
    .flatMap((file) => [
      ...readFileSync(join(errorsDir, file), "utf8").matchAll(/code(?:: string)? = "(\w+)"/gu),
    ])
    .map(([, code = ""]) => code);
  expect(codes.length).toBeGreaterThan(10);
  const html = read("errors.html");
  for (const code of codes) expect(html).toContain(`<code>${code}</code>`);
});

test("the reference shows the samples of our client", () => {
  const html = read("reference.html");
  expect(html).toContain("createSyncLogClient");
  expect(html).toContain("sync-log watch");
  expect(html).toContain("x-codeSamples");
});
