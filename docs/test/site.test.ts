import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path/posix";
import { describe, expect, test } from "vitest";
import { allSections } from "../src/navigation.ts";
import { packages, packagesDir } from "../src/package-modules.ts";
import { siteDir } from "./browser/site-server.ts";

const read = (path: string): string => readFileSync(join(siteDir, path), "utf8");
const files = readdirSync(siteDir, { recursive: true, encoding: "utf8" });
const pages = files.filter((file) => file.endsWith(".html") && file !== "404.html");
const listed = allSections.flatMap(({ items }) => items.map(({ link }) => link.slice(1)));

const html = new Map(pages.map((page) => [page, read(page)]));
const anchors = new Map(
  [...html].map(([page, text]) => [
    page,
    new Set([...text.matchAll(/\sid="([^"]+)"/gu)].map(([, id = ""]) => id)),
  ]),
);

/** What is wrong with the links of a page to others, and to places in them. */
function brokenLinks(page: string): readonly string[] {
  const links = (html.get(page) ?? "").matchAll(/<a\s[^>]*?href="([^"]+)"/gu);
  return [...links].flatMap(([, href = ""]) => {
    if (/^(?:https?|mailto):/u.test(href)) return [];
    const [target = "", anchor] = href.split("#", 2);
    const from = target.startsWith("/") ? "" : dirname(page);
    const path = target === "" ? page : normalize(join(from, target)).replace(/^\//u, "");
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    if (!existsSync(join(siteDir, file))) return [`${page} → ${href}`];
    const isThere = anchor === undefined || anchors.get(file)?.has(decodeURIComponent(anchor));
    return isThere === true ? [] : [`${page} → ${href}`];
  });
}

test("every page is in the navigation, and built", () => {
  const made = ["index", ...listed].map((page) => `${page}.html`);
  expect(pages.toSorted()).toEqual(made.toSorted());
});

test("every link leads to a page that there is, and to a place in it", () => {
  expect(pages.flatMap(brokenLinks)).toEqual([]);
});

test("the errors that functions throw are links", () => {
  const mock = read("reference/packages/sync-log-mock.md");
  expect(mock).toContain("[ListenError](#listenerror) if the port is taken");
});

test("every package is listed with what it is", () => {
  const list = read("reference/packages/index.md");
  const rows = packages().filter(({ name, description }) =>
    list.includes(`| \`${name}\` | ${description} | `),
  );
  expect(rows.map(({ directory }) => basename(directory)).toSorted()).toEqual(
    readdirSync(packagesDir).toSorted(),
  );
});

test("nothing is loaded from elsewhere", () => {
  for (const [page, text] of html) {
    const loaded = text.matchAll(/<(?:script|link|img|iframe)\s[^>]*?(?:src|href)="([^"]+)"/gu);
    const strangers = [...loaded].filter(([, address = ""]) => /^(?:[a-z]+:)?\/\//u.test(address));
    expect([page, strangers]).toEqual([page, []]);
  }
});

describe("for readers that are programs", () => {
  test("the Markdown of each page lies beside it", () => {
    expect(pages.filter((page) => !files.includes(page.replace(/html$/u, "md")))).toEqual([]);
    expect(read("guides/keys.md")).toMatch(/^# Keys/u);
    expect(read("reference/assumptions.md")).toMatch(/^# Assumptions/u);
  });

  test("llms.txt lists them, and llms-full.txt has them", () => {
    const lines = read("llms.txt").matchAll(/^- \[.+\]\(\/(.+)\.md\): .+$/gmu);
    const links = [...lines].map(([, path]) => path);
    expect(links).toEqual(listed);
    expect(read("llms-full.txt")).toContain(read("guides/keys.md"));
  });
});

test("the search knows operations, parameters, fields, statuses, errors, options and exports", () => {
  const index = read(files.find((file) => file.includes("@localSearchIndex")) ?? "").toLowerCase();
  const words =
    "getSyncLog workspaceId recordsIngested data_fetching wait_timeout maxFailingMs contractSuite";
  expect(words.split(" ").filter((word) => !index.includes(word.toLowerCase()))).toEqual([]);
  // As a heading, so that the status finds the error first.
  expect(index).toContain("authentication_failed 401");
});
