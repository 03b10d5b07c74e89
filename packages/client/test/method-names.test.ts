import { describe, expect, it } from "vitest";
import {
  createSyncLogClient,
  createSyncLogReader,
  type SyncLogClientOptions,
} from "../src/index.ts";
import { syncLogErrorOf } from "./fixtures/rejection.ts";
import { apiKey, ids } from "./fixtures/sync-logs.ts";

const respondWith =
  (status: number, body: string | null = null): SyncLogClientOptions["fetch"] =>
  () =>
    Promise.resolve(new Response(body, { status }));

const failures: [string, Partial<SyncLogClientOptions>, typeof ids?][] = [
  ["a status of the server", { fetch: respondWith(404) }],
  ["a broken body after retries", { fetch: respondWith(200, "<p>"), retry: { baseDelayMs: 1 } }],
  ["a lost connection", { fetch: () => Promise.reject(new Error("cut")), retry: false }],
  ["a timeout", { fetch: () => new Promise(() => undefined), timeoutMs: 5, retry: false }],
  ["a deadline", { fetch: () => new Promise(() => undefined), deadlineMs: 5 }],
  [
    "a deadline that is too near for a retry",
    { fetch: respondWith(500), deadlineMs: 400, random: () => 0.999 },
  ],
  ["an id that can't be one", {}, { ...ids, id: ".." }],
];

describe("getSyncLog", () => {
  it.each([
    ["client", createSyncLogClient({ apiKey })],
    ["reader", createSyncLogReader({ apiKey })],
  ])("is the name of the method of a %s", (_, client) => {
    expect(client.getSyncLog.name).toBe("getSyncLog");
  });

  it.each(failures)("is in the stack of an error for %s", async (_, options, target = ids) => {
    const client = createSyncLogClient({ apiKey, baseUrl: "http://localhost", ...options });
    const error = await syncLogErrorOf(client.getSyncLog(target));
    expect(error.stack).toMatch(/ at (async )?getSyncLog /);
  });
});
