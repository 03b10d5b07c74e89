import { afterEach, expect, it } from "vitest";
import { createSyncLogClient } from "../../src/index.ts";
import { rejection } from "../fixtures/rejection.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer } from "../fixtures/sync-logs.ts";

const registry = Symbol.for("opentelemetry.js.api.1");
const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

afterEach(() => {
  Reflect.deleteProperty(globalThis, registry);
});

it("a traceparent with what no header can hold is left out", async () => {
  const received: unknown[] = [];
  const server = await startServer((request, response) => {
    received.push(request.headers["traceparent"]);
    response.end(smallestAnswer);
  });
  for (const rest of ["-ok", "-é", "-\u2028", "-漢", "-a b"]) {
    const hooks = { traceparent: () => traceparent + rest };
    const client = createSyncLogClient({ apiKey, baseUrl: server.url, hooks, retry: false });
    await client.getSyncLog(ids);
  }
  expect(received).toEqual([`${traceparent}-ok`, undefined, undefined, undefined, undefined]);
});

it("a propagator of OpenTelemetry that gives a line break sends nothing", async () => {
  const server = await startServer((_, response) => response.end(smallestAnswer));
  type Set = (carrier: unknown, name: string, value: string) => void;
  const api = {
    context: { active: () => undefined },
    propagation: {
      inject: (_context: unknown, carrier: unknown, setter: { readonly set: Set }) =>
        setter.set(carrier, "tracestate", "a=1\r\nx-b: 2"),
    },
  };
  Reflect.set(globalThis, registry, api);
  const client = createSyncLogClient({ apiKey, baseUrl: server.url });
  expect(await rejection(client.getSyncLog(ids))).toMatchObject({
    code: "invalid_parameter",
    parameter: "headers",
  });
  expect(server.requests).toEqual([]);
});
