import { expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

const runs: [string, string][] = [
  ["backslashes", "\\"],
  ["JSON escapes", String.raw`\u00`],
  ["escaped backslashes", String.raw`\u005c`],
  ["percent signs", "%25"],
  ["percent signs of percent signs", "25"],
  ["entities", "&amp;"],
  ["entities of entities", "amp;"],
];

// Were the work the square of the length, each would take minutes.
it.each(runs)(
  "a megabyte of %s in the body of an error is searched for keys in no time",
  async (_, part) => {
    const text = part.repeat(1_000_000 / part.length);
    const server = await startServer((_request, response) => {
      response.writeHead(400).end(`%&q${text}`);
    });
    for (const key of [apiKey, String.raw`q\%&25amp;u005c`, String.raw`\\q_sk_4f8a1c7d`]) {
      const client = createSyncLogClient({ apiKey: key, baseUrl: server.url });
      expect(await rejection(client.getSyncLog(ids))).toMatchObject({ status: 400 });
    }
  },
);

const key = String.raw`\\q_sk\\4f8a"1c\7d\\`;

it.each([
  ["as it is", key + key],
  ["as JSON", JSON.stringify(key) + JSON.stringify(key)],
  ["as JSON in JSON", JSON.stringify(JSON.stringify([key, key]))],
  ["after backslashes", String.raw`\\\\\\${key}`],
  ["percent-encoded", encodeURIComponent(key)],
])("a key with backslashes shows nowhere when it is sent back %s", async (_, text) => {
  const server = await startServer((_request, response) => response.writeHead(400).end(text));
  const client = createSyncLogClient({ apiKey: key, baseUrl: server.url });
  const error = await rejection(client.getSyncLog(ids));
  expect(error).toHaveProperty("body", expect.stringContaining("[redacted]"));
  expect(error).toHaveProperty("body", expect.not.stringMatching(/q_sk|4f8a|1c|7d/));
});
