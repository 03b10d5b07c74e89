import { readFileSync } from "node:fs";
import { join } from "node:path";
import { syncLogStatusValues } from "@qontext/sync-log-schema";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { expect, test } from "vitest";

const maxBytes = 150_000;

/** What a sync that was not read yet is called. */
const unread = "waiting";

/** The statuses of syncs in a recording. */
const statusesIn = (svg: string): ReadonlySet<string> =>
  new Set(
    [...svg.matchAll(/>(\w+)<\/tspan><tspan [^>]*>sync_/gu)].map(([, status = ""]) => status),
  );

/** Why a recording would not be shown as a picture of a README, or shows what the command no longer does. */
function pictureProblems(svg: string): readonly string[] {
  const foreign = svg.match(/<script|<foreignObject|@import|url\(|(?:href|src)=/gu) ?? [];
  const known = new Set<string>([...syncLogStatusValues, unread]);
  return [
    ...foreign.map((part) => `${part} is not shown`),
    ...[...statusesIn(svg)]
      .filter((status) => !known.has(status))
      .map((status) => `no sync is ${status} any more: run pnpm record`),
    ...(Buffer.byteLength(svg) > maxBytes ? [`more than ${maxBytes} bytes`] : []),
  ];
}

const recordings = ["light", "dark"].map((theme) =>
  readFileSync(join(workspaceRoot, `docs/pictures/watch-${theme}.svg`), "utf8"),
);

test("the recordings are pictures that need nothing else, of statuses that there are", () => {
  expect(recordings.flatMap(pictureProblems)).toEqual([]);
  for (const svg of recordings) expect(statusesIn(svg).size).toBeGreaterThan(5);
});

test("a recording with a script, and with a status that is gone, is found", () => {
  const [svg = ""] = recordings;
  const wrong = svg.replaceAll(">skipped<", ">omitted<").replace("</svg>", "<script/></svg>");
  expect(pictureProblems(wrong)).toEqual([
    "<script is not shown",
    "no sync is omitted any more: run pnpm record",
  ]);
});
