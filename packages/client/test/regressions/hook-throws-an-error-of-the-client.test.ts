import { expect, it } from "vitest";
import { createSyncLogClient, ServerError, type ClientHooks } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, exampleSyncLog, ids } from "../fixtures/sync-logs.ts";

const fromElsewhere = new ServerError("of another client", {
  status: 503,
  headers: new Headers(),
  body: null,
});
const fail = (): never => {
  throw fromElsewhere;
};

const hooks: [keyof ClientHooks, number][] = [
  ["onRequest", 0],
  ["traceparent", 0],
  ["onResponse", 1],
];

it.each(hooks)(
  "what %s throws is not a failed attempt, not even an error of this package",
  async (name, requests) => {
    const server = await startServer((_, response) => {
      response.end(JSON.stringify(exampleSyncLog("completed")));
    });
    const options = { apiKey, baseUrl: server.url, retry: { baseDelayMs: 1 } };
    const client = createSyncLogClient({ ...options, hooks: { [name]: fail } });
    expect(await rejection(client.getSyncLog(ids))).toBe(fromElsewhere);
    expect(fromElsewhere.attempts).toEqual([]);
    expect(server.requests).toHaveLength(requests);
  },
);
