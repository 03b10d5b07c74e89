import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { expect, test } from "vitest";
import { startMockServer } from "../../src/index.ts";
import { judge } from "../judge.ts";
import { read } from "../read.ts";

const spec = {
  ...openapiDocument,
  paths: {
    ...Object(openapiDocument["paths"]),
    "/ping": {
      get: {
        operationId: "ping",
        responses: {
          "200": {
            description: "Here.",
            content: {
              "application/json": { example: { pong: true }, schema: { type: "object" } },
            },
          },
        },
      },
    },
  },
};

test("answers an operation without a lifecycle by its example, behind the same keys and with the same errors", async () => {
  await using mock = await startMockServer({ spec, apiKeys: { q_sk_own: [] } });
  const own = { headers: { "X-API-Key": "q_sk_own" } };
  expect((await read(mock, "/ping", own)).body).toEqual({ pong: true });
  expect((await read(mock, "/ping")).status).toBe(401);
  for (const init of [
    { ...own, method: "POST" },
    { headers: { ...own.headers, Accept: "text/csv" } },
  ]) {
    const { status, body, headers } = await read(mock, "/ping", init);
    expect(headers.get("content-type")).toBe("application/json");
    expect(judge(status, body, {})).toEqual([]);
  }
});
