import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { fileLinks } from "./file-links.ts";
import { markdownFiles } from "./documentation.ts";
import { headingId } from "@qontext/sync-log-docs/heading-id";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

/** The anchors of the headings of a Markdown text, as GitHub and the site make them. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gmu, "");
  return new Set([...prose.matchAll(/^#+ (.+)$/gmu)].map(([, text = ""]) => headingId(text)));
}

/** What is wrong with the links of a text that lies in `dir`: dead ones, and names that the linked file does not have. */
function brokenLinks(markdown: string, dir: string): readonly string[] {
  return fileLinks(markdown).flatMap(({ text, target, anchor }) => {
    const file = join(workspaceRoot, dir, target);
    // Written by the build of the site, which refuses a dead link itself.
    if (/(?:^|\/)reference\/[\w/-]+\.md$/u.test(target)) return [];
    if (!existsSync(file)) return [`${target} does not exist`];
    if (anchor !== "" && (target === "" || target.endsWith(".md"))) {
      const linked = target === "" ? markdown : readFileSync(file, "utf8");
      return anchorsOf(linked).has(anchor) ? [] : [`${target} has no heading #${anchor}`];
    }
    if (!target.endsWith(".ts")) return [];
    const source = readFileSync(file, "utf8");
    const names = [...text.matchAll(/`(\w+)`/gu)].map(([, name = ""]) => name);
    return names
      .filter((name) => !new RegExp(String.raw`^export .*\b${name}\b`, "mu").test(source))
      .map((name) => `${target} does not export ${name}`);
  });
}

test.each(markdownFiles())(
  "%s links to files and headings that are there, and names what they export",
  (file) => {
    const markdown = readFileSync(join(workspaceRoot, file), "utf8");
    expect(brokenLinks(markdown, dirname(file))).toEqual([]);
  },
);

test("ARCHITECTURE.md links the steps of the data path", () => {
  const markdown = readFileSync(join(workspaceRoot, "ARCHITECTURE.md"), "utf8");
  const [, path = ""] = markdown.split("## The path of the data");
  expect(fileLinks(path).length).toBeGreaterThan(12);
});

test("a dead link, a heading and a name that are gone are found", () => {
  const markdown =
    "# Here\n\n[a](#here) [b](#gone) [c](CONTRIBUTING.md#house-rules) [d](CONTRIBUTING.md#gone)\n" +
    "[a](gone.md) [`nothing`](packages/client/src/create-client.ts)\n\n" +
    '<img alt="b" src="gone.svg">\n\n[c]: gone/';
  expect(brokenLinks(markdown, "")).toEqual([
    " has no heading #gone",
    "CONTRIBUTING.md has no heading #gone",
    "gone.md does not exist",
    "packages/client/src/create-client.ts does not export nothing",
    "gone/ does not exist",
    "gone.svg does not exist",
  ]);
});
