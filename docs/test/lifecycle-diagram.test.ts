import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { expect, test } from "vitest";
import { readLifecycle } from "../src/lifecycle.ts";
import type { Lifecycle } from "../src/lifecycle.ts";
import { describeLifecycle, lifecycleDiagram } from "../src/lifecycle-diagram.ts";
import { statusesAfter } from "../src/lifecycle-page.ts";

const lifecycle = readLifecycle(JSON.parse(JSON.stringify(openapiDocument)));

test("draws every status of the document once, in its order", () => {
  const labels = [...lifecycleDiagram(lifecycle).matchAll(/class="label"[^>]*>(\w+)</gu)].map(
    ([, label]) => label,
  );
  expect(labels).toEqual([
    "pending",
    "preparing",
    "data_fetching",
    "ingesting",
    "completed",
    "failed",
    "stopped",
    "skipped",
  ]);
});

test("says the same in words", () => {
  expect(describeLifecycle(lifecycle)).toBe(
    "A sync goes pending, then preparing, then data_fetching, then ingesting, then completed. From pending, preparing, data_fetching, ingesting it may also end as failed, stopped or skipped.",
  );
});

test("knows what may follow: anything later, and nothing after the end", () => {
  expect(statusesAfter("ingesting", lifecycle)).toEqual([
    "completed",
    "failed",
    "stopped",
    "skipped",
  ]);
  expect(statusesAfter("failed", lifecycle)).toEqual([]);
});

test.each<Lifecycle>([
  { initial: "a", order: ["a", "b"], terminal: { b: "success" }, assumption: "" },
  { initial: "a", order: ["a", "b"], terminal: { b: "success", c: "failure" }, assumption: "" },
  { initial: "a", order: ["a"], terminal: { b: "x", c: "x", d: "x", e: "x" }, assumption: "" },
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
  expect(() => readLifecycle({ components: { schemas: { SyncLog: {} } } })).toThrow(/x-lifecycle/u);
});
