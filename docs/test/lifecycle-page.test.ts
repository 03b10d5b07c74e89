import type { Lifecycle } from "@qontext/sync-log-document";
import { openDocument, statusesOf } from "@qontext/sync-log-document";
import { syncLogLifecycle as lifecycle } from "@qontext/sync-log-schema";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { expect, test } from "vitest";
import { describeLifecycle, lifecycleDiagram } from "../src/pages/lifecycle-diagram.ts";
import { lifecyclePage } from "../src/pages/lifecycle-page.ts";

test("draws every status of the document once, in its order", () => {
  const labels = [...lifecycleDiagram(lifecycle).matchAll(/class="label"[^>]*>(\w+)</gu)].map(
    ([, label]) => label,
  );
  expect(labels.length).toBeGreaterThan(4);
  expect(labels).toEqual(statusesOf(lifecycle));
});

test("says the same in words", () => {
  const other: Lifecycle = {
    property: "status",
    initial: "new",
    order: ["new", "cooking", "ready"],
    terminal: { ready: "success", burnt: "failure", eaten: "cancelled", cold: "failure" },
  };
  expect(describeLifecycle(other)).toBe(
    "A sync goes new, then cooking, then ready. From new, cooking it may also end as burnt, eaten or cold.",
  );
});

const page = lifecyclePage(openDocument(openapiDocument));

const row = (status: string): string =>
  page.split("\n").find((line) => line.startsWith(`| [\`${status}\`]`)) ?? "";

test("knows what may follow: anything later, and nothing after the end", () => {
  const listed = Object.keys(lifecycle.terminal)
    .map((status) => `\`${status}\``)
    .join(", ");
  expect(row(lifecycle.order.at(-2) ?? "")).toContain(`| ${listed} |`);
  expect(row("failed")).toContain("nothing: it does not change again");
});

test("says of every status what it means and what comes next, in the document's words", () => {
  for (const status of statusesOf(lifecycle)) {
    const [, section = ""] = page.split(`### \`${status}\`\n\n`);
    expect(section, status).toMatch(/^The sync [^.\n]+\. (?:Next: `\w+`, or|Terminal, with)/u);
  }
  expect(page).toContain("The sync was created and has not started. Next: `preparing`, or a");
  expect(page).toMatch(/warning Assumed\n.*What each status means, .*From the names/u);
});

test.each<Lifecycle>([
  { property: "status", initial: "a", order: ["a", "b"], terminal: { b: "success" } },
  { property: "status", initial: "a", order: ["a", "b"], terminal: { b: "success", c: "failure" } },
  { property: "status", initial: "a", order: ["a"], terminal: { b: "x", c: "x", d: "x", e: "x" } },
])("draws other lifecycles inside the picture: %j", (other) => {
  const svg = lifecycleDiagram(other);
  const [, width = 0, height = 0] = svg.match(/viewBox="0 0 (\d+) (\d+)"/u)?.map(Number) ?? [];
  for (const [, x, y, w, h] of svg.matchAll(
    /x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/gu,
  )) {
    expect(Number(x) + Number(w)).toBeLessThanOrEqual(width);
    expect(Number(y) + Number(h)).toBeLessThanOrEqual(height);
  }
});

test("refuses a document without a lifecycle", () => {
  const document = openDocument({ openapi: "3.1.0", components: { schemas: { SyncLog: {} } } });
  expect(() => lifecyclePage(document)).toThrow(/x-lifecycle/u);
});
