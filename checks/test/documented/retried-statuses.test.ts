import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createSyncLogClient } from "@qontext/sync-log-client";
import { expect, test } from "vitest";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { markdownFiles } from "./documentation.ts";

const list = /\b((?:4\d\d, )+4\d\d),? (?:and )?5xx except (\d+) and (\d+)/u;

/** The texts that list the statuses: one for those who read, one for those who type. Others point to them. */
const listings = ["docs/guides/retries-and-deadlines.md", "packages/client/src/client-options.ts"];

const read = (file: string): string => readFileSync(join(workspaceRoot, file), "utf8");

/** The statuses from 400 to 599 that a text says are retried. */
function listedStatuses(text: string): readonly number[] {
  const [, some = "", ...excepted] = list.exec(text) ?? [];
  const serverErrors = Array.from({ length: 100 }, (_, index) => 500 + index);
  return [
    ...some.split(", ").map(Number),
    ...serverErrors.filter((status) => !excepted.includes(String(status))),
  ];
}

/** The statuses from 400 to 599 after which the client sends a request again. */
async function retriedStatuses(): Promise<readonly number[]> {
  const retried: number[] = [];
  for (let status = 400; status < 600; status += 1) {
    let requests = 0;
    const client = createSyncLogClient({
      apiKey: "q_sk_example",
      retry: { maxRetries: 1, baseDelayMs: 0 },
      fetch: () => {
        requests += 1;
        return Promise.resolve(new Response("{}", { status }));
      },
    });
    await client
      .getSyncLog({
        workspaceId: "ws_123e4567-e89b-12d3-a456-426614174000",
        id: "sync_42a17e56-b98d-4fd9-b2ce-5a8b12d7f9ad",
      })
      .catch(() => {});
    if (requests > 1) retried.push(status);
  }
  return retried;
}

test("the client retries the statuses that the documentation lists", async () => {
  const retried = await retriedStatuses();
  for (const file of listings) {
    expect([file, listedStatuses(read(file))]).toEqual([file, retried]);
  }
});

test("no other page repeats the list", () => {
  const pages = markdownFiles().filter((file) => list.test(read(file).replaceAll(/\s+/gu, " ")));
  expect(pages).toEqual(listings.filter((file) => file.endsWith(".md")));
});
