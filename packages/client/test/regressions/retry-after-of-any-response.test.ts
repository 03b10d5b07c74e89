import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

const cut = new ReadableStream({ start: (controller) => controller.error(new Error("reset")) });

it.each<
  [what: string, status: number, body: ConstructorParameters<typeof Response>[0], code: string]
>([
  ["a redirect", 302, null, "redirect_refused"],
  ["a malformed body", 200, "<html>", "response_format"],
  ["too large a body", 200, "x".repeat(101), "response_format"],
  ["a cut body", 200, cut, "connection_failed"],
  ["a body that breaks the schema", 200, smallestAnswer, "response_invalid"],
  ["an error status", 404, null, "not_found"],
])("the error about %s says how long the server asked to wait", async (_, status, body, code) => {
  const client = createSyncLogClient({
    apiKey,
    retry: false,
    maxResponseBytes: 100,
    validate: { "~standard": { validate: () => ({ issues: [{ message: "is empty" }] }) } },
    fetch: () => Promise.resolve(new Response(body, { status, headers: { "retry-after": "7" } })),
  });
  expect(await syncLogErrorOf(client.getSyncLog(ids))).toMatchObject({ code, retryAfterMs: 7000 });
});
