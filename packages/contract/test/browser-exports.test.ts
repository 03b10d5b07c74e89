import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Report } from "../src/index.ts";
import { judgeHar } from "../src/index.ts";

/**
 * What "Save all as HAR" of the developer tools writes: a read, the same one from the browser's cache an hour later, as it was
 * before the last update, a 304 and a 404; Chrome's has a preflight and what a service worker kept, too.
 */
function readExport(name: string): string {
  return readFileSync(new URL(`fixtures/recordings/${name}.har`, import.meta.url), "utf8");
}

function judge(text: string): Promise<Report> {
  return judgeHar([{ name: "export.har", text }]);
}

/** The export with other contents wherever a response has a body. */
function withContent(
  name: string,
  change: (content: { text?: string; size: number }) => object,
): string {
  return JSON.stringify(
    JSON.parse(readExport(name)),
    (key: string, value: { text?: string; size: number }) =>
      key === "content" && value.text !== undefined ? change(value) : value,
  );
}

describe.for([
  ["chrome", 4],
  ["firefox", 3],
] as const)("what %s exports", ([name, requests]) => {
  test("is judged, without what the browser answered itself", async () => {
    const report = await judge(readExport(name));
    expect(report.violations).toEqual([]);
    expect(report).toMatchObject({ exitCode: 0, requests, notJudged: [] });
  });

  test("shows what is wrong with a body", async () => {
    const wrong = withContent(name, (content) => ({
      ...content,
      text: content.text?.replaceAll('"full_sync"', '"whole_sync"'),
    }));
    const report = await judge(wrong);
    expect(report.violations.map(({ check }) => check)).toEqual(["schema/enum"]);
  });

  test("without its bodies is not judged", async () => {
    const bare = withContent(name, ({ text: _text, ...content }) => ({
      ...content,
      comment: "Response bodies are not included.",
    }));
    const report = await judge(bare);
    expect(report).toMatchObject({ exitCode: 2, violations: [] });
    expect(report.notJudged.join()).toContain("its body was not recorded");
  });

  test("with bodies that were cut is not judged, and accuses nobody", async () => {
    const cut = withContent(name, (content) => ({ ...content, text: content.text?.slice(0, 40) }));
    const report = await judge(cut);
    expect(report).toMatchObject({ exitCode: 2, violations: [] });
    expect(report.notJudged.join()).toContain("its body was recorded in part only");
  });
});
