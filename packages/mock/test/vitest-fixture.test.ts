import { setTimeout } from "node:timers/promises";
import { describe, expect, test as base } from "vitest";
import { mockServer } from "../src/vitest.ts";

const test = base.extend({ mock: mockServer({ scenarios: [], seed: 1 }) });
const headers = { "X-API-Key": "q_sk_test" };
const urls: string[] = [];

describe.concurrent("tests at the same time", () => {
  test("a long one keeps its sync, and meets no fault of another", async ({ mock }) => {
    urls.push(mock.url);
    const sync = mock.sync().at("ingesting");
    // The short test has ended by then.
    while (urls.length < 2) await setTimeout(1);
    await setTimeout(20);
    expect((await fetch(mock.url + sync.path, { headers })).status).toBe(200);
    expect(mock.requests).toHaveLength(1);
  });

  test("a short one has the same ids for the same seed, and its own requests", async ({ mock }) => {
    urls.push(mock.url);
    mock.fault({ kind: "status", status: 503 });
    const sync = mock.sync().at("completed");
    expect((await fetch(mock.url + sync.path, { headers })).status).toBe(503);
    expect(mock.requests).toHaveLength(1);
  });
});

base("a mock ends with its test", async () => {
  expect(urls).toHaveLength(2);
  for (const url of urls) await expect(fetch(url)).rejects.toThrow("fetch failed");
});
